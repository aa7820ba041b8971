import type { LetterPage, LetterRow, LetterState, LetterSummary, LettersQuery } from '../../api/schemas/letters.ts';
import { findTemplate } from '../../templates/catalog.ts';
import type { Pool, Queryable } from '../pool.ts';
import { maySeeEach, sightValues } from '../sight.ts';
import type { Viewer } from '../sight.ts';
import { isoOrNull, read, readCursor, writeCursor } from './prepared.ts';

/** Of `send s` with its pieces `k`: which of the four heaps it lies on; a letter that was taken back lies on none. */
const WHERE: Readonly<Record<LetterState, string>> = {
  waiting: `s.status = 'approved'`,
  released: `s.status = 'claimed'`,
  mailed: `s.status = 'sent' and s.provider_status is distinct from 'returned'`,
  returned: `s.status = 'sent' and s.provider_status = 'returned'`,
};

/** A letter belongs to everybody's loans that are on it: it is seen by who may see all of them. */
const visible = (first: number): string =>
  `not exists (select 1 from send_item v join loan l on l.id = v.loan_id where v.send_id = s.id and not (${maySeeEach(first)}))`;

interface Row {
  id: string;
  loan_id: string;
  loan_number: string;
  person: string;
  template: string;
  language: string;
  decided_at: Date;
  batch_id: string | null;
  released_at: Date | null;
  mailed_on: string | null;
  mail_class: string | null;
  certificate_number: string | null;
  returned_on: string | null;
  return_reason: string | null;
}

/** One heap of letters by page: what waits oldest first, the rest newest first. */
export async function readLetters(pool: Pool, query: LettersQuery, viewer: Viewer): Promise<LetterPage> {
  const after = readCursor(query.cursor, 2);
  const [sign, order] = query.state === 'waiting' ? ['>', ''] : ['<', ' desc'];
  const rows = await read<Row>(
    pool,
    `select s.id, f.loan_id, f.loan_number, p.first_name || ' ' || p.last_name as person, s.template, s.language, s.decided_at,
       k.batch_id, k.released_at, s.mailed_on, coalesce(s.mail_class, k.classes) as mail_class, coalesce(s.certificate_number, k.certificate_number) as certificate_number,
       k.returned_on, k.return_reason
     from send s join person p on p.id = s.person_id
     join lateral (select i.loan_id, l.loan_number from send_item i join loan l on l.id = i.loan_id where i.send_id = s.id order by l.loan_number limit 1) f on true
     left join lateral (
       select min(q.batch_id)::text as batch_id, min(b.released_at) as released_at, string_agg(q.mail_class, '-and-' order by q.mail_class) as classes,
         max(q.certificate_number) as certificate_number, max(q.returned_on) as returned_on, max(q.return_reason) as return_reason
       from letter_piece q join print_batch b on b.id = q.batch_id where q.send_id = s.id) k on true
     where s.channel = 'letter' and ${WHERE[query.state]} and ${visible(1)}
       and ($3::timestamptz is null or (s.decided_at, s.id) ${sign} ($3::timestamptz, $4::uuid))
     order by s.decided_at${order}, s.id${order} limit $5`,
    [...sightValues(viewer), after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
  );
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => letterOf(row, query.state)),
    next: last === undefined ? null : writeCursor([last.decided_at.toISOString(), last.id]),
  };
}

function letterOf(row: Row, state: LetterState): LetterRow {
  return {
    id: row.id,
    state,
    loanId: row.loan_id,
    loanNumber: row.loan_number,
    person: row.person,
    template: row.template,
    legal: findTemplate(row.template, 'letter')?.kind === 'legal',
    language: row.language,
    wordedAt: row.decided_at.toISOString(),
    batchId: row.batch_id,
    releasedAt: isoOrNull(row.released_at),
    mailedOn: row.mailed_on,
    mailClass: row.mail_class,
    certificateNumber: row.certificate_number,
    returnedOn: row.returned_on,
    returnReason: row.return_reason,
  };
}

/** How many letters lie on each heap, and the last orders to release. */
export async function readLetterSummary(pool: Pool, viewer: Viewer): Promise<LetterSummary> {
  const states = Object.entries(WHERE).map(([state, where]) => `(count(*) filter (where ${where}))::int as ${state}`);
  const [counts] = await read<Record<LetterState, number>>(
    pool,
    `select ${states.join(', ')} from send s where s.channel = 'letter' and ${visible(1)}`,
    sightValues(viewer),
  );
  const orders = await read<{
    id: string;
    state: 'open' | 'done';
    asked_at: Date;
    actor: string;
    batch_id: string | null;
    released: number;
    waiting: { letterId: string; why: string }[];
    recalled: { letterId: string; why: string }[];
  }>(
    pool,
    `select id, state, asked_at, actor, batch_id::text, released, waiting, recalled from print_order order by asked_at desc, id limit 5`,
    [],
  );
  return {
    counts: counts ?? { waiting: 0, released: 0, mailed: 0, returned: 0 },
    orders: orders.map(({ asked_at: askedAt, actor, batch_id: batchId, ...rest }) => ({
      ...rest,
      askedAt: askedAt.toISOString(),
      askedBy: actor,
      batchId,
    })),
  };
}

/** A letter by its id or the first eight or more characters of it; null where it is none, not one, or not to be seen. */
export async function findVisibleLetter(db: Queryable, viewer: Viewer, text: string): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `select s.id from send s where s.channel = 'letter' and s.id::text like $3 || '%' and ${visible(1)} limit 2`,
    [...sightValues(viewer), text.toLowerCase()],
  );
  const [only, another] = rows;
  return only === undefined || another !== undefined ? null : only.id;
}

/** Whether every letter of a batch may be seen: a manifest names people and where they live. */
export async function mayReadBatch(db: Queryable, viewer: Viewer, batchId: string): Promise<boolean> {
  const { rows } = await db.query<{ all: boolean | null }>(
    `select bool_and(${visible(1)}) as all from letter_piece q join send s on s.id = q.send_id where q.batch_id = $3::bigint`,
    [...sightValues(viewer), batchId],
  );
  return rows[0]?.all === true;
}
