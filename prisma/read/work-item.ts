import type { WorkItem } from '../../api/schemas/work.ts';
import type { Pool } from '../pool.ts';
import type { Look } from './moment.ts';
import { maskValue } from './mask.ts';
import { Values, isoOrNull, read } from './prepared.ts';
import { rankOf } from './rank.ts';
import { WORK_COLUMNS, seesItem, workJoins, workRow } from './work.ts';
import type { WorkSqlRow } from './work.ts';

interface ItemSqlRow extends WorkSqlRow {
  detail: Record<string, unknown>;
  requested_by: string;
  state: WorkItem['state'];
  outcome: string | null;
  closed_at: Date | null;
  closed_by: string | null;
  approvals_needed: number;
  votes: WorkItem['votes'];
  message: {
    id: string;
    channel: 'sms' | 'email';
    from: string;
    text: string;
    receivedAt: string;
    primaryLabel: string;
    labels: string[];
    confidence: string;
  } | null;
}

const ISO = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** One item whole, with its votes and, for a reply, the message. Null when there is none that this person may see. */
export async function readWorkItem(
  pool: Pool,
  id: string,
  look: Look,
  who: { me: string; unmasked: boolean },
): Promise<WorkItem | null> {
  const values = new Values();
  const sight = seesItem(look, values);
  const item = values.next(id);
  const since = values.next(new Date(look.nowMs - 7 * 86_400_000));
  const [row] = await read<ItemSqlRow>(
    pool,
    `select ${WORK_COLUMNS}, w.detail, w.requested_by, w.state, w.outcome, w.closed_at, w.closed_by, w.approvals_needed,
       (select coalesce(jsonb_agg(jsonb_build_object('voter', v.voter, 'vote', v.vote, 'reason', v.reason, 'at', ${ISO('v.at')}) order by v.at), '[]')
        from approval_vote v where v.work_item_id = w.id) as votes,
       (select jsonb_build_object('id', m.id, 'channel', m.channel, 'from', m.from_value, 'text', m.text, 'receivedAt', ${ISO('m.received_at')},
          'primaryLabel', m.primary_label, 'labels', m.labels, 'confidence', m.confidence)
        from inbound_message m where m.id = (w.detail ->> 'messageId')::uuid or m.work_item_id = w.id limit 1) as message
     from work_item w ${workJoins(since)} where w.id = ${item} and ${sight}`,
    values.list,
  );
  if (row === undefined) return null;
  const shown = workRow(row, look, who.me);
  return {
    ...shown,
    detail: row.detail,
    requestedBy: row.requested_by,
    state: row.state,
    outcome: row.outcome,
    closedAt: isoOrNull(row.closed_at),
    closedBy: row.closed_by,
    approvalsNeeded: row.approvals_needed,
    votes: row.votes,
    message:
      row.message === null
        ? null
        : { ...row.message, from: who.unmasked ? row.message.from : maskValue(row.message.from) },
    rank: row.state === 'open' ? rankOf(shown, look.nowMs) : null,
  };
}
