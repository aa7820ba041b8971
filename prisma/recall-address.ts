import type { Client } from './pool.ts';
import { recordEvent } from './timeline.ts';

/** Takes back what is prepared or approved for one number or mailbox; answers to the person stay. The caller holds its lock. */
export async function recallForAddress(
  client: Client,
  about: { addressId: string; because: string; atMs: number },
): Promise<void> {
  const { rows } = await client.query<{
    id: string;
    channel: string;
    person_id: string | null;
    case_id: string | null;
  }>(
    `update send set status = 'recalled', recalled_because = $2
     where address_id = $1 and status in ('prepared', 'approved') and purpose not in ('opt-out-confirmation', 'help-reply', 'receipt')
     returning id, channel, person_id, case_id`,
    [about.addressId, about.because],
  );
  await client.query('delete from contact where send_id = any($1::uuid[])', [rows.map((row) => row.id)]);
  for (const row of rows) {
    await recordEvent(client, {
      kind: 'message-recalled',
      atMs: about.atMs,
      actor: 'borrower',
      personId: row.person_id,
      caseId: row.case_id,
      sendId: row.id,
      data: { channel: row.channel, because: about.because },
    });
  }
}
