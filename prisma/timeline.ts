import type { Queryable } from './pool.ts';

/** One line of the timeline. `data` is plain JSON that the case page knows how to word; ids name what it is about. */
export interface TimelineEvent {
  kind: string;
  atMs: number;
  actor: string;
  loanId?: string | null;
  personId?: string | null;
  caseId?: string | null;
  sendId?: string | null;
  decisionId?: string | null;
  data?: Record<string, unknown>;
}

/** Appends in the caller's transaction; the row is never changed afterwards. */
export async function recordEvent(db: Queryable, event: TimelineEvent): Promise<void> {
  await db.query(
    `insert into event (at, kind, loan_id, person_id, case_id, send_id, decision_id, data, actor)
     values (to_timestamp($1::double precision / 1000), $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      event.atMs,
      event.kind,
      event.loanId ?? null,
      event.personId ?? null,
      event.caseId ?? null,
      event.sendId ?? null,
      event.decisionId ?? null,
      JSON.stringify(event.data ?? {}),
      event.actor,
    ],
  );
}
