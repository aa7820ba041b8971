import type { StopFacts } from '../domain/gate/facts.ts';
import type { Queryable } from './pool.ts';
import { one } from './pool.ts';

interface StopRow {
  kind: string;
  at: Date;
  detail: Record<string, unknown>;
}

/**
 * The stop states of one person on one loan. A stop on file is a record; of several of a kind the oldest open one counts.
 * A chapter the reply did not name is taken as 7 (the stay is the same); "claimed" until the docket search says more.
 */
export async function stopFacts(db: Queryable, about: { personId: string; loanId: string }): Promise<StopFacts> {
  const { rows } = await db.query<StopRow>(
    `select kind, at, detail from legal_stop
     where person_id = $1 and (loan_id is null or loan_id = $2) and lifted_at is null order by at desc`,
    [about.personId, about.loanId],
  );
  const stops = new Map(rows.map((row) => [row.kind, row]));
  const { rows: promises } = await db.query<{ amount_cents: number | null; due_on: string }>(
    `select amount_cents, due_on::text as due_on from promise where loan_id = $1 and state = 'open' order by made_at desc limit 1`,
    [about.loanId],
  );
  const { rows: disputes } = await db.query<{ disputed_on: Date | null }>(
    `select disputed_on::timestamptz as disputed_on from loan where id = $1`,
    [about.loanId],
  );
  const promise = promises[0];
  const at = (kind: string): string | null => stops.get(kind)?.at.toISOString() ?? null;
  const simple = (kind: string): { at: string } | null => {
    const instant = at(kind);
    return instant === null ? null : { at: instant };
  };
  const disputedAt = at('dispute') ?? one(disputes).disputed_on?.toISOString() ?? null;
  return {
    bankruptcy: bankruptcy(stops.get('bankruptcy')),
    deceased: present(stops.get('deceased'), (row) => ({
      at: row.at.toISOString(),
      executorNamed: row.detail['executorNamed'] === true,
    })),
    attorney: present(stops.get('attorney'), (row) => ({
      since: row.at.toISOString(),
      writtenNotice: row.detail['written'] === true,
      silentSince: null,
    })),
    cease: present(stops.get('cease'), (row) => ({
      at: row.at.toISOString(),
      writing: row.detail['writing'] !== false,
    })),
    identityTheft: present(stops.get('identity-theft'), (row) => ({
      at: row.at.toISOString(),
      report: row.detail['report'] === true,
    })),
    litigation: simple('litigation'),
    complaintOpen: simple('complaint'),
    selfHarm: simple('self-harm'),
    disaster: present(stops.get('disaster'), (row) => ({ declaredOn: row.at.toISOString().slice(0, 10) })),
    promise: promise === undefined ? null : { amountCents: promise.amount_cents ?? 0, on: promise.due_on },
    validation: present(stops.get('dispute-validation'), (row) => ({
      sentOn: row.at.toISOString().slice(0, 10),
      endsOn: '9999-12-31',
      writtenDisputeAt: row.at.toISOString(),
      verificationSentOn: null,
    })),
    validationDueBy: null,
    limitationExpired: false,
    dispute: disputedAt === null ? null : { kind: 'direct', at: disputedAt, aboutPayment: false },
    servicingTransfer: null,
  };
}

function present<T>(row: StopRow | undefined, build: (row: StopRow) => T): T | null {
  return row === undefined ? null : build(row);
}

const CHAPTERS = [7, 11, 12, 13] as const;
const STATUSES = ['claimed', 'filed', 'discharged', 'dismissed'] as const;

function bankruptcy(row: StopRow | undefined): StopFacts['bankruptcy'] {
  if (row === undefined) return null;
  return {
    chapter: CHAPTERS.find((chapter) => chapter === Number(row.detail['chapter'])) ?? 7,
    status: STATUSES.find((status) => status === row.detail['status']) ?? 'claimed',
    at: row.at.toISOString(),
    reaffirmed: row.detail['reaffirmed'] === true ? true : null,
  };
}
