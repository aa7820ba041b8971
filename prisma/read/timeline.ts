import { formatCents } from '../../domain/money.ts';
import type { TimelineEntry, TimelineGroup, TimelinePage } from '../../api/schemas/timeline.ts';
import { maskValue } from './mask.ts';
import type { Pool } from '../pool.ts';
import { Values, read, readCursor, writeCursor } from './prepared.ts';
import { DECISION_COLUMNS, SEND_COLUMNS, decisionView, sendView } from './send-view.ts';
import type { DecisionRow, SendRow } from './send-view.ts';
import { kindsOf, wordEvent } from './words.ts';

export interface TimelineAsked {
  loanId: string;
  cursor?: string | undefined;
  limit: number;
  group?: TimelineGroup | undefined;
  /** Show numbers and mailboxes whole. */
  unmasked: boolean;
}

interface LineRow {
  source: 'event' | 'decision' | 'file';
  key: string;
  at: Date;
  /** To the microsecond: a cursor cut to milliseconds would pass over rows. */
  at_exactly: string;
  kind: string;
  data: Record<string, unknown>;
  actor: string;
  person_id: string | null;
  case_id: string | null;
  send_id: string | null;
  decision_id: string | null;
}

/**
 * One story of an account, newest first: events of the loan and of the people on it, every decision not to contact, and
 * what each file changed, field by field (the event `core-change` says the same once more and is left out). Each part walks its own index and gives no more than a page.
 */
export async function readTimeline(pool: Pool, asked: TimelineAsked): Promise<TimelinePage> {
  const lines = await readLines(pool, asked);
  const shown = lines.slice(0, asked.limit);
  const [sends, decisions, texts] = await Promise.all([
    readSends(pool, shown),
    readDecisions(pool, shown),
    readTexts(pool, shown),
  ]);
  const rows = shown.map((line): TimelineEntry => {
    const said = texts.get(messageIdOf(line) ?? '');
    const worded =
      line.source === 'decision'
        ? decisionWords(decisions.get(line.decision_id ?? ''))
        : wordEvent(line.kind, said === undefined ? line.data : { ...line.data, text: said });
    const send = sends.get(line.send_id ?? '');
    const decision = decisions.get(line.decision_id ?? '');
    return {
      id: `${line.source}-${line.key}`,
      at: line.at.toISOString(),
      kind: line.kind,
      ...worded,
      actor: line.actor,
      personId: line.person_id,
      caseId: line.case_id,
      send: send === undefined ? null : sendView(send, asked.unmasked ? (value) => value : maskValue),
      decision: decision === undefined ? null : decisionView(decision),
      changes: line.source === 'file' ? changesOf(line.data) : [],
    };
  });
  const last = lines.length > asked.limit ? shown.at(-1) : undefined;
  return { rows, next: last === undefined ? null : writeCursor([last.at_exactly, last.source, last.key]) };
}

async function readLines(pool: Pool, asked: TimelineAsked): Promise<LineRow[]> {
  const values = new Values();
  const loan = values.next(asked.loanId);
  const after = readCursor(asked.cursor, 3);
  const take = values.next(asked.limit + 1);
  const [at, source, key] =
    after === null ? [] : after.map((part, i) => `${values.next(part)}::${i === 0 ? 'timestamptz' : 'text'}`);
  const kinds = asked.group === undefined ? '' : `and kind = any(${values.next(kindsOf(asked.group))})`;
  /** Rows before the cursor in the order (at, source, key), all descending. Keys of equal instants compare as text. */
  const before = (column: string, own: string, ownKey: string): string =>
    at === undefined ? '' : `and ${column} <= ${at} and (${column}, '${own}', ${ownKey}) < (${at}, ${source}, ${key})`;
  const eventKey = `lpad(id::text, 20, '0')`;
  const event = (where: string): string =>
    `(select 'event' as source, ${eventKey} as key, at, kind, data, actor, person_id, case_id, send_id, decision_id from event
      where ${where} and kind <> 'core-change' ${kinds} ${before('at', 'event', eventKey)} order by at desc, id desc limit ${take})`;
  const parts = [
    event(`loan_id = ${loan}`),
    event(`loan_id is null and person_id in (select person_id from loan_role where loan_id = ${loan})`),
  ];
  if (asked.group === undefined || asked.group === 'decision') {
    parts.push(
      `(select 'decision' as source, d.id::text as key, d.at, 'decision' as kind, '{}'::jsonb as data, d.actor, d.person_id, d.case_id, null::uuid as send_id, d.id as decision_id from decision d
        where d.loan_id = ${loan} and d.decision <> 'allow' ${before('d.at', 'decision', 'd.id::text')} order by d.at desc, d.id desc limit ${take})`,
    );
  }
  if (asked.group === undefined || asked.group === 'import') {
    parts.push(
      `(select 'file', lpad(set_id::text, 20, '0') || '/' || table_name, at, 'file-changed',
          jsonb_build_object('table', table_name, 'changes', jsonb_agg(jsonb_build_object('field', field, 'from', was, 'to', became) order by id)),
          'core', null::uuid, null::uuid, null::uuid, null::uuid from import_change
        where loan_id = ${loan} group by set_id, table_name, at
        having true ${before('at', 'file', `lpad(set_id::text, 20, '0') || '/' || table_name`)} order by at desc, 2 desc limit ${take})`,
    );
  }
  return read<LineRow>(
    pool,
    `select *, at::text as at_exactly from (${parts.join(' union all ')}) t order by at desc, source desc, key desc limit ${take}`,
    values.list,
  );
}

const present = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

async function readSends(pool: Pool, lines: readonly LineRow[]): Promise<Map<string, SendRow>> {
  const ids = present(lines.map((line) => line.send_id));
  if (ids.length === 0) return new Map();
  const rows = await read<SendRow>(pool, `select ${SEND_COLUMNS} from send where id = any($1::uuid[])`, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

async function readDecisions(pool: Pool, lines: readonly LineRow[]): Promise<Map<string, DecisionRow>> {
  const ids = present(lines.map((line) => line.decision_id));
  if (ids.length === 0) return new Map();
  const rows = await read<DecisionRow>(pool, `select ${DECISION_COLUMNS} from decision where id = any($1::uuid[])`, [
    ids,
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}

const messageIdOf = (line: LineRow): string | null =>
  typeof line.data['messageId'] === 'string' ? line.data['messageId'] : null;

/** The words of the borrower, for the replies on this page. */
async function readTexts(pool: Pool, lines: readonly LineRow[]): Promise<Map<string, string>> {
  const ids = present(lines.map(messageIdOf));
  if (ids.length === 0) return new Map();
  const rows = await read<{ id: string; text: string }>(
    pool,
    'select id, text from inbound_message where id = any($1::uuid[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.text]));
}

function decisionWords(row: DecisionRow | undefined): { group: 'decision'; title: string; detail: string | null } {
  if (row === undefined) return { group: 'decision', title: 'Not sent', detail: null };
  const { channel, decision, nextAllowedAt } = decisionView(row);
  const what = channel === null ? 'Not done' : `${channel === 'sms' ? 'Text' : channel} not sent`;
  const words =
    decision === 'defer-until' ? `${what} yet` : decision === 'require-approval' ? `${what}: needs approval` : what;
  return {
    group: 'decision',
    title: words.slice(0, 1).toUpperCase() + words.slice(1),
    detail: nextAllowedAt === null ? null : `allowed from ${nextAllowedAt} if nothing changes`,
  };
}

function changesOf(data: Record<string, unknown>): TimelineEntry['changes'] {
  const { changes } = data;
  if (!Array.isArray(changes)) return [];
  return changes.map(({ field, from, to }: { field: string; from: unknown; to: unknown }) => ({
    field: field.replace(/_cents$/, ''),
    from: saidOf(field, from),
    to: saidOf(field, to),
  }));
}

/** Money as money; everything else as it is written. */
function saidOf(field: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return field.endsWith('_cents') && /^-?\d+$/.test(text) ? formatCents(Number(text)) : text;
}
