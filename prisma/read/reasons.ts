import { z } from 'zod';
import type { Reason } from '../../api/schemas/common.ts';

const stored = z.array(
  z.looseObject({
    rule: z.string(),
    words: z.string().default(''),
    citation: z.string().nullable().default(null),
    kind: z.enum(['law', 'counsel', 'policy']).default('policy'),
    severity: z.enum(['deny', 'require-approval', 'require-content', 'defer-until']).default('deny'),
    until: z.string().nullable().default(null),
  }),
);

/** The reasons as they were stored with the decision: what was said then, not what today's rules would say. */
export function readReasons(reasons: unknown): Reason[] {
  const parsed = stored.safeParse(reasons);
  if (!parsed.success) return [];
  return parsed.data.map(({ rule, words, citation, kind, severity, until }) => ({
    rule,
    words: words === '' ? rule : words,
    citation: citation === '' ? null : citation,
    kind,
    severity,
    until: until === null ? null : new Date(until).toISOString(),
  }));
}
