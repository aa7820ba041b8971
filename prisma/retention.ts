import { z } from 'zod';
import type { Pool, Queryable } from './pool.ts';

const days = (least: number, usual: number) => z.int().min(least).default(usual);
/** Reg F 1006.100 and the longest of the others that concern a message: bank policy ships seven years (rules.md retention). */
const SEVEN_YEARS = 2557;
/** Reg F 1006.100: three years after the last activity. Nobody may set less. */
const THREE_YEARS = 1096;

/**
 * Days for which content is kept; the lender setting `retention`. What proves something stays for ever: who was written
 * to, when, by which template, the hash of the words, what was decided by which rule, consents and opt-outs.
 */
export const RetentionSettings = z.strictObject({
  /** Raw bodies as providers sent them. The event's key stays, so that it is still known when it comes again. */
  inboxBodyDays: days(90, SEVEN_YEARS),
  /** Nudges that never found a workflow: ids only. */
  outboxDays: days(7, 90),
  /** Words of messages in either direction, and the PDFs of letters. */
  messageBodyDays: days(THREE_YEARS, SEVEN_YEARS),
  /** The facts and the question of a decision; the answer, its rules and the facts' hash stay. */
  decisionFactsDays: days(THREE_YEARS, SEVEN_YEARS),
  /** Documents filed with an account, from the day of filing; said beside each when it is filed. */
  documentDays: days(THREE_YEARS, SEVEN_YEARS),
});
export type RetentionSettings = z.infer<typeof RetentionSettings>;

export type RetentionRun =
  | {
      kind: 'done';
      inbox: number;
      outbox: number;
      sent: number;
      received: number;
      letters: number;
      decisions: number;
      documents: number;
    }
  | UnreadableRetention;
/** A setting that cannot be read deletes nothing. */
type UnreadableRetention = { kind: 'refused'; problems: string[] };

/** So many rows a table a run: the loop comes again, and no run holds locks for long. */
const BATCH = 1_000;
export const REMOVED = '[removed at the end of its retention]';

/** Of a person id expression: no open case, and nothing that freezes deletion on any loan of theirs (litigation). */
const free = (person: string): string =>
  `not exists (select 1 from loan_role r where r.person_id = ${person} and (
     exists (select 1 from collection_case c where c.loan_id = r.loan_id and c.status = 'open')
     or exists (select 1 from event e where e.loan_id = r.loan_id and e.kind = 'freeze-deletion')))`;

/** What the lender has set, or what ships. */
export async function readRetention(
  db: Queryable,
): Promise<{ kind: 'set'; settings: RetentionSettings } | UnreadableRetention> {
  const { rows } = await db.query<{ value: unknown }>(`select value from lender_setting where key = 'retention'`);
  const found = RetentionSettings.safeParse(rows[0]?.value ?? {});
  return found.success
    ? { kind: 'set', settings: found.data }
    : {
        kind: 'refused',
        problems: found.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
      };
}

/**
 * Removes content that is older than the lender keeps it. Rows stay, their content goes; a person with an open case or
 * with frozen deletion is left alone whatever the age. Business time, except for the outbox, which is the machine's.
 */
export async function applyRetention(pool: Pool, nowMs: number): Promise<RetentionRun> {
  const read = await readRetention(pool);
  if (read.kind === 'refused') return read;
  const { settings } = read;
  const before = (kept: number): number => nowMs - kept * 86_400_000;
  const at = 'to_timestamp($1::double precision / 1000)';
  const run = async (text: string, beforeMs: number): Promise<number> =>
    (await pool.query(text, [beforeMs])).rowCount ?? 0;
  return {
    kind: 'done',
    inbox: await run(
      `update inbox set body = '{"removed": true}' where id in (
         select b.id from inbox b where b.state = 'done' and b.business_at < ${at} and b.body <> '{"removed": true}'
           and not exists (select 1 from inbound_message m, unnest(m.person_ids) p where m.inbox_id = b.id and not (${free('p')})) order by b.id limit ${BATCH})`,
      before(settings.inboxBodyDays),
    ),
    outbox: await run(
      `delete from outbox where id in (select id from outbox where created_at < ${at} order by id limit ${BATCH})`,
      Date.now() - settings.outboxDays * 86_400_000,
    ),
    // Letters first: their rows are found by the body that is still there.
    letters: await run(
      `with due as (select distinct p.pdf_hash from letter_piece p join send s on s.id = p.send_id where s.decided_at < ${at} and ${free('s.person_id')}
           and exists (select 1 from import_content k where k.hash = p.pdf_hash) and not exists (select 1 from import_file f where f.content_hash = p.pdf_hash)
           and not exists (select 1 from document x where x.content_hash = p.pdf_hash and x.removed_at is null) limit ${BATCH}),
         pieces as (delete from import_content_piece where hash in (select pdf_hash from due))
       delete from import_content where hash in (select pdf_hash from due)`,
      before(settings.messageBodyDays),
    ),
    sent: await run(
      `update send set body = '${REMOVED}', subject = null, html = null where id in (
         select s.id from send s where s.decided_at < ${at} and s.body <> '${REMOVED}' and s.status not in ('prepared', 'approved', 'claimed', 'unconfirmed') and ${free('s.person_id')}
         order by s.decided_at limit ${BATCH})`,
      before(settings.messageBodyDays),
    ),
    received: await run(
      `update inbound_message set text = '${REMOVED}', reading = '{}' where id in (
         select m.id from inbound_message m where m.received_at < ${at} and m.text <> '${REMOVED}'
           and not exists (select 1 from unnest(m.person_ids) p where not (${free('p')})) order by m.received_at limit ${BATCH})`,
      before(settings.messageBodyDays),
    ),
    decisions: await run(
      `update decision set facts = '{}', request = '{}' where id in (
         select d.id from decision d where d.at < ${at} and d.facts <> '{}' and ${free('d.person_id')} order by d.at limit ${BATCH})`,
      before(settings.decisionFactsDays),
    ),
    // The day was fixed when each was filed; three years without a case must lie behind it as well (Reg F 1006.100(a)).
    // The same bytes may be filed twice, or be a letter or an import: they go with their last row.
    documents: await run(
      `with due as (select x.id, x.content_hash from document x where x.removed_at is null and x.keep_until < ${at}::date
           and not exists (select 1 from collection_case c where c.loan_id = x.loan_id and (c.status = 'open' or c.closed_on > ${at}::date - ${THREE_YEARS}))
           and not exists (select 1 from event e where e.loan_id = x.loan_id and e.kind = 'freeze-deletion') order by x.keep_until limit ${BATCH}),
         free as (select d.content_hash as hash from due d
           where not exists (select 1 from document o where o.content_hash = d.content_hash and o.removed_at is null and o.id not in (select id from due))
             and not exists (select 1 from letter_piece p where p.pdf_hash = d.content_hash)
             and not exists (select 1 from import_file f where f.content_hash = d.content_hash)),
         pieces as (delete from import_content_piece where hash in (select hash from free)),
         bytes as (delete from import_content where hash in (select hash from free))
       update document set removed_at = ${at} where id in (select id from due)`,
      nowMs,
    ),
  };
}
