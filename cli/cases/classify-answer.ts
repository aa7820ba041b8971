import { z } from 'zod';
import { isLocalDate } from '../../domain/calendar/days.ts';
import { isZone } from '../../domain/calendar/zones.ts';
import type { InboundContext } from '../../domain/inbound/classification.ts';
import { classifyReply } from '../../domain/inbound/classify-reply.ts';
import type { Action, Label } from '../../domain/inbound/labels.ts';

/** Stands in for a case's missing receipt, so that the answer is the same every time: the contract sets no default. */
const RECEIVED_AT = '2026-12-02T10:00:00-05:00';
const ZONE = 'America/New_York';

const prompt = z.object({
  kind: z.string(),
  amountCents: z.int().nullish(),
  on: z.string().refine(isLocalDate, 'not a date YYYY-MM-DD').nullish(),
});

const context = z.object({
  mode: z.enum(['first-party', 'third-party']).nullish(),
  receivedAt: z.iso.datetime({ offset: true }).nullish(),
  zone: z.string().refine(isZone, 'not an IANA zone').nullish(),
  smsStopped: z.boolean().nullish(),
  knownNumber: z.boolean().nullish(),
  openPrompt: prompt.nullish(),
  inValidationPeriod: z.boolean().nullish(),
  attachments: z.array(z.object({ kind: z.string() })).nullish(),
});

const inboundCase = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  channel: z.enum(['sms', 'email']),
  context: context.nullish(),
});

type Given = z.infer<typeof inboundCase>;

export type ClassifyAnswer =
  | {
      readonly id: string | number;
      readonly label: Label;
      readonly labels: readonly Label[];
      readonly actions: readonly Action[];
      readonly confidence: number;
      readonly promise?: { readonly amountCents: number | null; readonly on: string };
    }
  | { readonly id: string | number | null; readonly error: string };

/** The defaults of inbound-labels.md, "File shape". They live here and nowhere else. */
function contextOf({ channel, context: given }: Given): InboundContext {
  const asked = given?.openPrompt ?? null;
  return {
    channel,
    mode: given?.mode ?? 'first-party',
    receivedAtMs: Date.parse(given?.receivedAt ?? RECEIVED_AT),
    zone: given?.zone ?? ZONE,
    smsStopped: given?.smsStopped ?? false,
    knownNumber: given?.knownNumber ?? true,
    authentic: true,
    openPrompt:
      asked === null ? null : { kind: asked.kind, amountCents: asked.amountCents ?? null, on: asked.on ?? null },
    inValidationPeriod: given?.inValidationPeriod ?? false,
    attachments: given?.attachments ?? [],
  };
}

/** One line of a case file to one answer. A bad line becomes its `error`; `expect` is never looked at. */
export function answerInboundCase(line: string): ClassifyAnswer {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return { id: null, error: 'not JSON' };
  }
  const parsed = inboundCase.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue === undefined || issue.path.length === 0 ? 'case' : issue.path.join('.');
    return { id: idOf(raw), error: `${field}: ${issue?.message ?? 'malformed'}` };
  }
  const read = classifyReply(parsed.data.text, contextOf(parsed.data));
  return {
    id: parsed.data.id,
    label: read.primary,
    labels: read.labels,
    actions: read.actions,
    confidence: read.confidence,
    ...(read.promise === null ? {} : { promise: { amountCents: read.promise.amountCents, on: read.promise.on } }),
  };
}

function idOf(raw: unknown): string | number | null {
  const named = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(raw);
  return named.success ? named.data.id : null;
}
