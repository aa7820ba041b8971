import type { PhoneThread } from '../../api/schemas/sandbox.ts';
import type { Pool } from '../pool.ts';
import { maySee, sightValues } from '../sight.ts';
import type { Look } from './moment.ts';
import { isoOrNull, read } from './prepared.ts';

export interface AddressThread {
  value: string;
  owners: PhoneThread['owners'];
  lastSaid: string | null;
  lastAt: string | null;
  optedOut: boolean;
}

interface Row {
  value: string;
  owners: PhoneThread['owners'] | null;
  last_said: string | null;
  last_at: Date | null;
  opted_out: boolean;
}

const OWNERS = `
  (select jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.first_name || ' ' || p.last_name, 'loans',
     (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'loanNumber', l.loan_number) order by l.loan_number), '[]')
      from loan_role r join loan l on l.id = r.loan_id where r.person_id = p.id and ${maySee(1)})) order by p.last_name, p.first_name, p.id)
   from person_address pa join person p on p.id = pa.person_id where pa.address_id = a.id)`;

/** Numbers or mailboxes with what was said last, the newest first; a search finds by value, name or loan number. */
export async function readAddresses(
  pool: Pool,
  asked: { kind: 'phone' | 'mailbox'; look: Look; search?: string | undefined; limit: number },
): Promise<AddressThread[]> {
  const channel = asked.kind === 'phone' ? 'sms' : 'email';
  const search =
    asked.search === undefined || asked.search === ''
      ? null
      : `${asked.search.toLowerCase().replaceAll(/[\\%_]/g, (each) => `\\${each}`)}%`;
  const rows = await read<Row>(
    pool,
    `select a.value, ${OWNERS} as owners, x.said as last_said, x.at as last_at, a.opted_out_at is not null as opted_out
     from address a
     left join lateral (
       (select coalesce(s.subject, s.body) as said, coalesce(s.sent_at, s.decided_at) as at from send s
        where s.address_id = a.id and s.channel = $4 and s.status in ('sent', 'delivered') order by s.decided_at desc limit 1)
       union all
       (select m.text, m.received_at from inbound_message m where m.address_id = a.id order by m.received_at desc limit 1)
       order by at desc limit 1
     ) x on true
     where a.kind = $3 and exists (select 1 from person_address pa where pa.address_id = a.id)
       and ($5::text is not null or a.id in (
         (select s.address_id from send s where s.channel = $4 order by s.decided_at desc limit 500)
         union (select m.address_id from inbound_message m where m.channel = $4 order by m.received_at desc limit 500)
         union (select f.id from address f where f.kind = $3 order by f.value limit $6)))
       and ($5::text is null or a.value like $5 or a.value like '+1' || $5
         or a.id in (select pa.address_id from person_address pa join person p on p.id = pa.person_id where lower(p.last_name) like $5)
         or a.id in (select pa.address_id from loan l join loan_role r on r.loan_id = l.id join person_address pa on pa.person_id = r.person_id where lower(l.loan_number) like $5))
     order by x.at desc nulls last, a.value limit $6`,
    [...sightValues(asked.look.viewer), asked.kind, channel, search, asked.limit],
  );
  return rows.map(thread);
}

/** Whose number or mailbox it is; null when nobody's. */
export async function ownersOf(
  pool: Pool,
  asked: { kind: 'phone' | 'mailbox'; value: string; look: Look },
): Promise<Pick<AddressThread, 'owners' | 'optedOut'> | null> {
  const [row] = await read<Row>(
    pool,
    `select a.value, ${OWNERS} as owners, null as last_said, null::timestamptz as last_at, a.opted_out_at is not null as opted_out
     from address a where a.kind = $3 and a.value = $4`,
    [...sightValues(asked.look.viewer), asked.kind, asked.value],
  );
  return row === undefined ? null : { owners: row.owners ?? [], optedOut: row.opted_out };
}

/** When messages went or came in business time: the sandbox's journals know machine time only. */
export async function businessInstants(
  pool: Pool,
  asked: { channel: 'sms' | 'email'; providerIds: readonly string[] },
): Promise<Map<string, string>> {
  const rows = await read<{ id: string; at: Date | null }>(
    pool,
    `select provider_id as id, sent_at as at from send where channel = $1 and provider_id = any($2::text[])
     union all select provider_id, received_at from inbound_message where channel = $1 and provider_id = any($2::text[])`,
    [asked.channel, asked.providerIds],
  );
  return new Map(rows.flatMap((row) => (row.at === null ? [] : [[row.id, row.at.toISOString()] as const])));
}

function thread(row: Row): AddressThread {
  return {
    value: row.value,
    owners: row.owners ?? [],
    lastSaid: row.last_said,
    lastAt: isoOrNull(row.last_at),
    optedOut: row.opted_out,
  };
}
