import { z } from 'zod';
import { Instant, LocalDate } from './common.ts';

export const PolicyVersionRow = z.object({
  policy: z.string(),
  version: z.int(),
  status: z.enum(['draft', 'published', 'retired']),
  title: z.string(),
  steps: z.int(),
  proposedBy: z.string(),
  approvedBy: z.string().nullable(),
  publishedAt: z.string().nullable(),
  openCases: z.int(),
});
export type PolicyVersionRow = z.infer<typeof PolicyVersionRow>;
/** GET /api/policies */
export const Policies = z.object({ rows: z.array(PolicyVersionRow) }).meta({ id: 'Policies' });
export type Policies = z.infer<typeof Policies>;

export const PolicyName = z.strictObject({ policy: z.string().max(80) });
export const PolicyParams = z.strictObject({ policy: z.string().max(80), version: z.coerce.number().int().min(1) });
/** GET /api/policies/:policy/versions/:version: `content` is the JSON of policies/ with its schema; `sentences` and `hours` read it aloud. */
export const PolicyView = PolicyVersionRow.extend({
  content: z.record(z.string(), z.unknown()),
  sentences: z.array(
    z.object({
      step: z.string(),
      title: z.string(),
      when: z.string(),
      text: z.string(),
      citation: z.string().nullable(),
    }),
  ),
  hours: z.array(z.object({ of: z.string(), hours: z.string() })),
}).meta({ id: 'PolicyView' });
export type PolicyView = z.infer<typeof PolicyView>;

/** GET /api/policies/:policy/diff?from=1&to=2 */
export const PolicyDiffQuery = z.strictObject({ from: z.coerce.number().int(), to: z.coerce.number().int() });
export const PolicyDiff = z.object({
  changes: z.array(
    z.object({
      kind: z.enum(['added', 'removed', 'changed']),
      /** Family of the step, `policy` for the head, `end` for the ladder's end. */
      id: z.string(),
      field: z.string().nullable(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  /** Open accounts under this policy whose next step would change if they moved to the newer version. */
  accounts: z.array(z.object({ loanId: z.string(), loanNumber: z.string(), before: z.string(), after: z.string() })),
  looked: z.int(),
});
export type PolicyDiff = z.infer<typeof PolicyDiff>;

/** POST /api/policies/:policy/versions: a draft of the next version; its number is given here. What is wrong comes back by path. */
export const ProposePolicy = z.strictObject({ content: z.record(z.string(), z.unknown()) });
export type ProposePolicy = z.infer<typeof ProposePolicy>;
/** POST /api/policies/:policy/versions/:version/approve: by somebody else than the proposer; publishes it. */
export const PolicyAnswer = z.object({
  policy: z.string(),
  version: z.int(),
  status: z.enum(['draft', 'published', 'retired']),
  at: Instant.nullable(),
});
export type PolicyAnswer = z.infer<typeof PolicyAnswer>;

/** GET /api/rules: the rule book of the gate. */
export const Rule = z.object({
  id: z.string(),
  /** Order of judgement, 0 integrity … 8 hours; empty where another part of the house judges it. */
  classes: z.array(z.int()),
  judgedBy: z.string(),
  /** As it binds a bank collecting its own loans, and as it binds anybody else. */
  kind: z.enum(['law', 'counsel', 'policy']),
  kindThirdParty: z.enum(['law', 'counsel', 'policy']),
  citation: z.string(),
  words: z.string(),
  /** V legal text read, S secondary source, B background, ? sources conflict, POLICY no law forces it. */
  mark: z.string(),
  lawInStates: z.array(z.string()),
  lawFrom: LocalDate.nullable(),
  effectiveFrom: LocalDate.nullable(),
  effectiveTo: LocalDate.nullable(),
  verifiedOn: LocalDate.nullable(),
  /** A bank-policy row that the bank may switch off, and whether it is. */
  switchable: z.boolean(),
  off: z.boolean(),
});
export type Rule = z.infer<typeof Rule>;
export const Rules = z.object({ version: z.string(), rules: z.array(Rule) }).meta({ id: 'Rules' });
export type Rules = z.infer<typeof Rules>;
