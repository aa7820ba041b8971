import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Classification, InboundContext } from '../../../domain/inbound/classification.ts';

const strings = z.array(z.string()).default([]);

/** One line of vectors/inbound.jsonl or of cases.jsonl. `notActions` is ours: what must not follow. */
const inboundCase = z.object({
  id: z.string(),
  text: z.string(),
  channel: z.enum(['sms', 'email']),
  context: z
    .object({
      mode: z.enum(['first-party', 'third-party']).default('first-party'),
      receivedAt: z.string().default('2026-12-02T10:00:00-05:00'),
      zone: z.string().default('America/New_York'),
      smsStopped: z.boolean().default(false),
      knownNumber: z.boolean().default(true),
      authentic: z.boolean().default(true),
      openPrompt: z
        .object({
          kind: z.string(),
          amountCents: z.number().nullable().default(null),
          on: z.string().nullable().default(null),
        })
        .nullable()
        .default(null),
      inValidationPeriod: z.boolean().default(false),
      attachments: z.array(z.object({ kind: z.string() })).default([]),
    })
    .prefault({}),
  expect: z.strictObject({
    label: z.string(),
    also: strings,
    not: strings,
    alsoAcceptable: strings,
    actions: strings,
    notActions: strings,
    promise: z.object({ amountCents: z.number().nullable(), on: z.string() }).optional(),
    scope: z.string().optional(),
    effectiveCloseLocal: z.string().optional(),
    confirmationLanguage: z.string().optional(),
    replyLanguage: z.string().optional(),
    attorney: z.object({ name: z.string().nullable(), phone: z.string().nullable() }).optional(),
    evidenceReceivedAt: z.string().optional(),
    replyHasDebtFacts: z.boolean().optional(),
    note: z.string().optional(),
  }),
});

export type InboundCase = z.infer<typeof inboundCase>;

export function readCases(path: string): readonly InboundCase[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => inboundCase.parse(JSON.parse(line)));
}

export function contextOf({ channel, context }: InboundCase): InboundContext {
  const { receivedAt, ...rest } = context;
  return { ...rest, channel, receivedAtMs: Date.parse(receivedAt) };
}

/** What the reading lacks of the expectation, in words; empty when the case passes. */
export function shortfalls({ expect }: InboundCase, read: Classification): readonly string[] {
  const labels: readonly string[] = read.labels;
  const actions: readonly string[] = read.actions;
  const out: string[] = [];
  if (![expect.label, ...expect.alsoAcceptable].includes(read.primary)) out.push(`primary is ${read.primary}`);
  for (const label of expect.also) if (!labels.includes(label)) out.push(`lacks ${label}`);
  for (const label of expect.not) if (labels.includes(label)) out.push(`has ${label}`);
  for (const action of expect.actions) if (!actions.includes(action)) out.push(`lacks action ${action}`);
  for (const action of expect.notActions) if (actions.includes(action)) out.push(`has action ${action}`);
  const same = (name: string, wanted: unknown, got: unknown): void => {
    if (wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(got))
      out.push(`${name} is ${JSON.stringify(got)}`);
  };
  same('promise', expect.promise && { amountCents: expect.promise.amountCents, on: expect.promise.on }, read.promise);
  same('scope', expect.scope, read.scope);
  same('close', expect.effectiveCloseLocal, read.quietTime?.effectiveCloseLocal);
  same('confirmation language', expect.confirmationLanguage, read.confirmationLanguage);
  same('reply language', expect.replyLanguage, read.replyLanguage);
  same('attorney', expect.attorney, read.attorney);
  same('evidence', expect.evidenceReceivedAt && Date.parse(expect.evidenceReceivedAt), read.evidenceReceivedAtMs);
  same('debt facts', expect.replyHasDebtFacts, read.replyHasDebtFacts);
  return out;
}
