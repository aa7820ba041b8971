import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { zoneOfZip, zoneSet } from './places.ts';

/** A line of `makegood export contacts`, as tape.md says. */
export type Contact = {
  id: string;
  customerNumber: string | null;
  loanNumbers: string[];
  channel: string;
  to: string | null;
  zones: string[];
  purpose: string | null;
  template: string | null;
  templateVersion: string | null;
  policy: string | null;
  step: string | null;
  cycle: string | null;
  status: string;
  decidedAt: string;
  sentAt: string | null;
  outcome: string | null;
};

export type Decision = {
  at: string;
  loanNumber: string | null;
  customerNumber: string | null;
  request: { action?: string; channel?: string };
  decision: string;
  primaryRule: string | null;
  rules: string[];
  nextAllowedAt: string | null;
};

export type Payment = { loanNumber: string; amountCents: number; method: string; receivedAt: string; state: string; settlesOn: string | null; returnedAt: string | null }; // prettier-ignore
export type Hold = { loanNumber: string | null; customerNumber: string | null; reason: string; scope: string; placedAt: string; untilOn: string | null; liftedAt: string | null }; // prettier-ignore
export type Case = { loanNumber: string; status: string; openedOn: string; closedOn: string | null; closeReason: string | null; policy: string }; // prettier-ignore
export type Promised = { id: string; loanNumber: string; amountCents: number | null; dueOn: string; state: string; madeAt: string; decideOn: string | null; decidedAt: string | null }; // prettier-ignore
export type Deed = { kind: string; at: string; number?: string; body?: string; loanNumber?: string };
export type Row = Readonly<Record<string, string>>;

/** A step of a policy file, as far as the checker reads it. */
export type Step = { id: string; day: number; channel: string; repeats: string; fallback?: { channel: string }[]; recipients?: string }; // prettier-ignore
export type Policy = { id: string; products: string[]; launch: string; channels: Record<string, { windows: { days: number[]; from: string; to: string }[] }>; steps: Step[] }; // prettier-ignore

export type Person = {
  readonly row: Row;
  readonly phones: readonly Row[];
  readonly mails: readonly Row[];
  /** IANA zone of the mailing address; null: unknown. */
  readonly zone: string | null;
  readonly zones: ReadonlySet<string>;
};

export type Night = { readonly asOfMs: number; readonly loans: ReadonlyMap<string, Row> };

/** All that the checker knows: what the core sent, what was asked back, what was done from outside, the policies. */
export type Evidence = {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly people: ReadonlyMap<string, Person>;
  /** Who is on a loan, by role. */
  readonly roles: ReadonlyMap<string, readonly { customer: string; role: string }[]>;
  readonly nights: readonly Night[];
  readonly contacts: readonly Contact[];
  readonly decisions: readonly Decision[];
  readonly payments: readonly Payment[];
  readonly holds: readonly Hold[];
  readonly cases: readonly Case[];
  readonly promises: readonly Promised[];
  readonly deeds: readonly Deed[];
  readonly policies: ReadonlyMap<string, Policy>;
};

export function readEvidence(folder: string, policyFolder: string): Evidence {
  const lines = <T>(name: string): T[] =>
    readFileSync(join(folder, `${name}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T);
  const span = JSON.parse(readFileSync(join(folder, 'span.json'), 'utf8')) as { from: string; days: number };
  const core = join(folder, 'core');
  const [first = '', ...nights] = readdirSync(core).toSorted();
  const rows = (name: string): Row[] => table(join(core, first, `${name}.csv`));
  const policies = readdirSync(policyFolder)
    .filter((name) => name.endsWith('.json') && name !== 'policy.schema.json')
    .map((name) => JSON.parse(readFileSync(join(policyFolder, name), 'utf8')) as Policy);
  return {
    fromMs: Date.parse(span.from),
    untilMs: Date.parse(span.from) + span.days * 86_400_000,
    people: peopleOf(rows('customers'), rows('phones'), rows('emails')),
    roles: Map.groupBy(
      rows('loan_roles').map((row) => ({ loan: row['loan_number'] ?? '', customer: row['customer_number'] ?? '', role: row['role'] ?? '' })), // prettier-ignore
      ({ loan }) => loan,
    ),
    nights: [first, ...nights].map((night) => nightOf(join(core, night))).toSorted((a, b) => a.asOfMs - b.asOfMs),
    contacts: lines('contacts'),
    decisions: lines('decisions'),
    payments: lines('payments'),
    holds: lines('holds'),
    cases: lines('cases'),
    promises: lines('promises'),
    deeds: lines('deeds'),
    policies: new Map(policies.map((policy) => [policy.id, policy])),
  };
}

function table(file: string): Row[] {
  return existsSync(file) ? (parse(readFileSync(file, 'utf8'), { columns: true, bom: true }) as Row[]) : [];
}

function nightOf(folder: string): Night {
  const { asOf } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { asOf: string };
  return {
    asOfMs: Date.parse(asOf),
    loans: new Map(table(join(folder, 'loans.csv')).map((row) => [row['loan_number'] ?? '', row])),
  };
}

function peopleOf(customers: Row[], phones: Row[], mails: Row[]): Map<string, Person> {
  const own = Map.groupBy(phones, (row) => row['customer_number'] ?? '');
  const boxes = Map.groupBy(mails, (row) => row['customer_number'] ?? '');
  return new Map(
    customers.map((row) => {
      const key = row['customer_number'] ?? '';
      const zips = [row['mailing_zip'] ?? '', row['residence_zip'] ?? ''].filter((zip) => zip !== '');
      const numbers = own.get(key) ?? [];
      const zones = zoneSet(
        zips,
        numbers.map(({ number = '' }) => number),
      );
      return [key, { row, phones: numbers, mails: boxes.get(key) ?? [], zone: zoneOfZip(row['mailing_zip'] ?? ''), zones }]; // prettier-ignore
    }),
  );
}

/** What the core last said of a loan at an instant: a nightly file tells what moved, the first one all. */
export function loanAt(evidence: Evidence, loan: string, ms: number): Row | undefined {
  const newest = evidence.nights.findLast(({ asOfMs, loans }) => asOfMs <= ms && loans.has(loan))?.loans.get(loan);
  return newest === undefined ? undefined : { ...evidence.nights[0]?.loans.get(loan), ...newest };
}

export function borrowerOf(evidence: Evidence, loan: string): string | undefined {
  return evidence.roles.get(loan)?.find(({ role }) => role === 'borrower')?.customer;
}

/** What our own cadence sent or is about to: rows of a policy's step, whatever became of them at the provider. */
export function ownSteps(evidence: Evidence): Contact[] {
  return evidence.contacts.filter(({ policy }) => policy !== null);
}

/** Whether something left for the borrower. A letter counts from the print queue on. */
export function left(contact: Contact): boolean {
  return !['prepared', 'failed', 'recalled', 'shadowed', 'unconfirmed'].includes(contact.status);
}

export const cents = (dollars: string | undefined): number => Math.round(Number(dollars ?? '0') * 100);
