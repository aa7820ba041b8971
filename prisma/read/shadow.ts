import type { Pool } from '../pool.ts';

/** What would have gone by one channel with one template, had the channel been on. */
export interface ShadowLine {
  channel: string;
  template: string;
  language: string;
  messages: number;
  people: number;
  loans: number;
  /** Past-due cents of the loans these messages were about, as of each message. */
  amountCents: number;
  firstAt: string;
  lastAt: string;
}
export interface ShadowMessage {
  at: string;
  channel: string;
  template: string;
  loanNumbers: string[];
  words: string;
}
export interface ShadowReport {
  since: string | null;
  messages: number;
  people: number;
  lines: ShadowLine[];
  newest: ShadowMessage[];
}

const SHOWN = 20;

/** The shadow report: what the gate allowed and shadow mode kept, by channel and template, and the newest of it in its words. */
export async function readShadow(pool: Pool, since: { sinceMs: number | null }): Promise<ShadowReport> {
  const from = `s.status = 'shadowed' and ($1::double precision is null or s.decided_at >= to_timestamp($1::double precision / 1000))`;
  const { rows: lines } = await pool.query<Omit<ShadowLine, 'firstAt' | 'lastAt'> & { first: Date; last: Date }>(
    `select s.channel, s.template, s.language, count(distinct s.id)::int as messages, count(distinct s.person_id)::int as people, count(distinct i.loan_id)::int as loans,
       coalesce(sum(i.amount_cents), 0)::bigint as "amountCents", min(s.decided_at) as first, max(s.decided_at) as last
     from send s left join send_item i on i.send_id = s.id where ${from} group by 1, 2, 3 order by 1, 2, 3`,
    [since.sinceMs],
  );
  const { rows: sums } = await pool.query<{ messages: number; people: number }>(
    `select count(*)::int as messages, count(distinct s.person_id)::int as people from send s where ${from}`,
    [since.sinceMs],
  );
  const { rows: newest } = await pool.query<Omit<ShadowMessage, 'at'> & { at: Date }>(
    `select s.decided_at as at, s.channel, s.template, s.body as words,
       array(select l.loan_number from send_item i join loan l on l.id = i.loan_id where i.send_id = s.id order by l.loan_number) as "loanNumbers"
     from send s where ${from} order by s.decided_at desc, s.id limit ${SHOWN}`,
    [since.sinceMs],
  );
  return {
    since: since.sinceMs === null ? null : new Date(since.sinceMs).toISOString(),
    messages: sums[0]?.messages ?? 0,
    people: sums[0]?.people ?? 0,
    lines: lines.map(({ first, last, ...line }) => ({
      ...line,
      firstAt: first.toISOString(),
      lastAt: last.toISOString(),
    })),
    newest: newest.map(({ at, ...message }) => ({ ...message, at: at.toISOString() })),
  };
}
