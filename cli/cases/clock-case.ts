import { z } from 'zod';
import { isZone } from '../../domain/calendar/zones.ts';
import { type CaseEvent, eventSchema } from './clock-events.ts';
import { type CaseClock, caseClock, CaseError, type CaseMoment, readMoment } from './clock-moments.ts';

const flag = z.boolean().optional();

const loanSchema = z.object({
  product: z.string().optional(),
  state: z.string().nullish(),
  zone: z.string().refine(isZone, 'is no zone known here').nullish(),
  principalResidence: flag,
  escrowed: flag,
  daysOverdue: z.number().min(0).optional(),
  smallServicer: flag,
  forcedCheaperThanAdvance: flag,
  vacant: flag,
  floodZone: flag,
  esignConsent: flag,
  cpiClause: flag,
  cpiNoticeAtOrigination: flag,
  aprPercent: z.number().nullish(),
  securedByTitle: flag,
  shortTerm: flag,
  balloon: flag,
  pal: flag,
  accommodation: flag,
  mode: z.enum(['first-party', 'third-party']).optional(),
});

/** Of `expect` only the question is read, never an answer. */
const questionSchema = z.object({
  ask: z.string(),
  asOf: z
    .string()
    .transform((text, context) => {
      const read = readMoment(text);
      if (read !== null) return read;
      context.addIssue({ code: 'custom', message: 'must be a date YYYY-MM-DD or an instant with offset' });
      return z.NEVER;
    })
    .nullish(),
  args: z.record(z.string(), z.unknown()).nullish(),
});

const caseSchema = z.object({
  id: z.string().min(1),
  loan: loanSchema.nullish(),
  events: z.array(eventSchema).nullish(),
  config: z.record(z.string(), z.unknown()).nullish(),
  expect: z.array(questionSchema),
});

export type CaseLoan = z.output<typeof loanSchema>;

/** One question: `asOf` null means that every event has happened. */
export type CaseQuestion = {
  readonly ask: string;
  readonly asOf: CaseMoment | null;
  readonly args: Readonly<Record<string, unknown>>;
};

/** A clock case with its events ordered in time. */
export type ClockCase = {
  readonly id: string;
  readonly loan: CaseLoan;
  readonly config: Readonly<Record<string, unknown>>;
  readonly clock: CaseClock;
  readonly events: readonly CaseEvent[];
  readonly questions: readonly CaseQuestion[];
};

function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) =>
      typeof part === 'number' ? `${name}[${part}]` : name === '' ? String(part) : `${name}.${String(part)}`,
    '',
  );
}

function describe(error: z.ZodError, raw: unknown): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => {
      const field = fieldName(issue.path);
      const value = issue.path.reduce<unknown>(
        (at, part) => (typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined),
        raw,
      );
      const kind = issue.code === 'invalid_union' && issue.path.at(-1) === 'kind';
      const what = kind ? `unknown kind ${JSON.stringify(value) ?? '(none)'}` : issue.message;
      return `${field === '' ? 'case' : field}: ${what}`;
    })
    .join('; ');
}

/** The id of a case that may be malformed otherwise; null when it has none. */
export function idOf(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null;
  return typeof raw.id === 'string' ? raw.id : null;
}

/** Reads a clock case. Throws a {@link CaseError} that names the field. */
export function readClockCase(raw: unknown): ClockCase {
  const parsed = caseSchema.safeParse(raw);
  if (!parsed.success) throw new CaseError(describe(parsed.error, raw));
  const { id, expect } = parsed.data;
  const loan = parsed.data.loan ?? {};
  const clock = caseClock(loan.zone ?? null);
  const placed = (parsed.data.events ?? []).map((event) => ({ event, key: clock.startKey(event.at) }));
  placed.sort((a, b) => a.key - b.key);
  const events = placed.map(({ event, key }, order): CaseEvent => ({
    ...event,
    order,
    key,
    day: clock.localDate(event.at),
  }));
  const questions = expect.map(({ ask, asOf, args }) => ({ ask, asOf: asOf ?? null, args: args ?? {} }));
  return { id, loan, config: parsed.data.config ?? {}, clock, events, questions };
}
