import { SendMode } from '../api/schemas/send-modes.ts';
import type { Mode } from '../api/schemas/send-modes.ts';
import type { SendChannel } from '../api/schemas/common.ts';
import { businessNow } from './business-clock.ts';
import { prismaClient } from './client.ts';
import type { Client, Pool } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';

export async function listSendModes(pool: Pool): Promise<SendMode[]> {
  const rows = await prismaClient(pool).sendMode.findMany({ orderBy: [{ channel: 'asc' }, { product: 'asc' }] });
  return rows.map((row) => SendMode.parse({ ...row, setBy: row.actor, setAt: row.setAt.toISOString() }));
}

/** Sets what may leave on a channel; the next claim obeys. */
export async function setSendMode(
  client: Client,
  input: { channel: SendChannel; product: string; mode: Mode; dailyMaximum: number | null; actor: string },
): Promise<{ kind: 'set' } | Refusal<'mode-needs-pilot-maximum'>> {
  if (input.mode === 'pilot' && input.dailyMaximum === null) return refused('mode-needs-pilot-maximum');
  const { rows } = await client.query<{ mode: Mode }>(
    'select mode from send_mode where channel = $1 and product = $2 for update',
    [input.channel, input.product],
  );
  await client.query(
    `insert into send_mode (channel, product, mode, daily_maximum, actor) values ($1, $2, $3, $4, $5)
     on conflict (channel, product) do update set mode = excluded.mode, daily_maximum = excluded.daily_maximum, actor = excluded.actor, set_at = now()`,
    [input.channel, input.product, input.mode, input.mode === 'pilot' ? input.dailyMaximum : null, input.actor],
  );
  await recordEvent(client, {
    kind: 'send-mode-set',
    atMs: await businessNow(client),
    actor: input.actor,
    data: {
      channel: input.channel,
      product: input.product,
      from: rows[0]?.mode ?? null,
      to: input.mode,
      dailyMaximum: input.dailyMaximum,
    },
  });
  return { kind: 'set' };
}

export async function countPilotPeople(pool: Pool): Promise<number> {
  return prismaClient(pool).pilotPerson.count();
}

/** Adds or removes the borrowers of these loans; a number that no loan has is named. */
export async function changePilotPeople(
  client: Client,
  input: { add: readonly string[]; remove: readonly string[]; actor: string },
): Promise<{ unknown: string[] }> {
  const { rows } = await client.query<{ loan_number: string }>(
    'select n as loan_number from unnest($1::text[]) n where not exists (select 1 from loan l where l.loan_number = n)',
    [[...input.add, ...input.remove]],
  );
  const people = `select r.person_id from loan l join loan_role r on r.loan_id = l.id and r.role in ('borrower', 'co-borrower') where l.loan_number = any($1::text[])`;
  await client.query(
    `insert into pilot_person (person_id, actor) select distinct person_id, $2 from (${people}) p on conflict do nothing`,
    [input.add, input.actor],
  );
  await client.query(`delete from pilot_person where person_id in (${people})`, [input.remove]);
  await recordEvent(client, {
    kind: 'pilot-changed',
    atMs: await businessNow(client),
    actor: input.actor,
    data: { added: input.add.length, removed: input.remove.length },
  });
  return { unknown: rows.map((row) => row.loan_number) };
}
