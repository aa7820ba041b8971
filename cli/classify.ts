import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { z } from 'zod';
import { isLocalDate } from '../domain/calendar/days.ts';
import { isZone } from '../domain/calendar/zones.ts';
import type { InboundContext } from '../domain/inbound/classification.ts';
import { classifyReply } from '../domain/inbound/classify-reply.ts';

/** Stands in for a case's missing receipt, so that the answer is the same every time (the contract sets no default). */
const RECEIVED_AT = '2026-12-02T10:00:00-05:00';
const ZONE = 'America/New_York';

const prompt = z.object({
  kind: z.string(),
  amountCents: z.int().nullable().default(null),
  on: z.string().refine(isLocalDate, 'not a date YYYY-MM-DD').nullable().default(null),
});

/** The contract's defaults (inbound-labels.md, "File shape") live here and nowhere else. */
const context = z.object({
  mode: z.enum(['first-party', 'third-party']).default('first-party'),
  receivedAt: z.iso.datetime({ offset: true }).default(RECEIVED_AT),
  zone: z.string().refine(isZone, 'not an IANA zone').default(ZONE),
  smsStopped: z.boolean().default(false),
  knownNumber: z.boolean().default(true),
  openPrompt: prompt.nullable().default(null),
  inValidationPeriod: z.boolean().default(false),
  attachments: z.array(z.object({ kind: z.string() })).default([]),
});

const inboundCase = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  channel: z.enum(['sms', 'email']),
  context: context.prefault({}),
});

/** One line of the file to one line of the answer. Never throws on a bad line; never looks at `expect`. */
export function answerLine(line: string): { readonly ok: boolean; readonly answer: object } {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return { ok: false, answer: { id: null, error: 'not JSON' } };
  }
  const parsed = inboundCase.safeParse(raw);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    return {
      ok: false,
      answer: { id: idOf(raw), error: `${first?.path.join('.') || 'case'}: ${first?.message ?? 'malformed'}` },
    };
  }
  const { id, text, channel, context: given } = parsed.data;
  const { receivedAt, ...rest } = given;
  const read = classifyReply(text, { ...rest, channel, receivedAtMs: Date.parse(receivedAt) } satisfies InboundContext);
  return {
    ok: true,
    answer: {
      id,
      label: read.primary,
      labels: read.labels,
      actions: read.actions,
      confidence: read.confidence,
      ...(read.promise === null ? {} : { promise: { amountCents: read.promise.amountCents, on: read.promise.on } }),
    },
  };
}

function idOf(raw: unknown): string | number | null {
  const named = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(raw);
  return named.success ? named.data.id : null;
}

/** `makegood classify --cases FILE.jsonl`: the contract for outside cases (issue 6 §4). No server, no database. */
export function registerClassify(program: Command): void {
  program
    .command('classify')
    .description('read replies: labels and actions for each case of a JSON-lines file')
    .requiredOption('--cases <file>', 'JSON lines of {id, text, channel, context?}')
    .action(async (options: { cases: string }) => {
      const lines = createInterface({
        input: createReadStream(options.cases, 'utf8'),
        crlfDelay: Number.POSITIVE_INFINITY,
      });
      const out: string[] = [];
      let failed = false;
      for await (const line of lines) {
        if (line.trim() === '') continue;
        const { ok, answer } = answerLine(line);
        failed ||= !ok;
        out.push(JSON.stringify(answer));
        if (out.length >= 500) process.stdout.write(`${out.splice(0).join('\n')}\n`);
      }
      if (out.length > 0) process.stdout.write(`${out.join('\n')}\n`);
      if (failed) process.exitCode = 1;
    });
}
