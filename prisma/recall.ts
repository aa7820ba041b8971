import type { Client } from './pool.ts';
import { recordEvent } from './timeline.ts';

/**
 * Takes back everything of a loan that has not left: prepared and approved messages, letters in the print queue, and the
 * tasks of its case. A message that also carries other loans stays; those loans are still due.
 */
export async function recallForCase(
  client: Client,
  about: { caseId: string | null; loanId: string; because: string; atMs: number },
): Promise<string[]> {
  const { rows } = await client.query<{ id: string; channel: string }>(
    `update send s set status = 'recalled', recalled_because = $2
     where s.status in ('prepared', 'approved') and s.purpose not in ('receipt', 'opt-out-confirmation', 'help-reply', 'reply')
       and exists (select 1 from send_item i where i.send_id = s.id and i.loan_id = $1)
       and not exists (select 1 from send_item i where i.send_id = s.id and i.loan_id <> $1)
     returning s.id, s.channel`,
    [about.loanId, about.because],
  );
  await client.query('delete from contact where send_id = any($1::uuid[])', [rows.map((row) => row.id)]);
  for (const row of rows) {
    await recordEvent(client, {
      kind: 'message-recalled',
      atMs: about.atMs,
      actor: 'worker',
      loanId: about.loanId,
      caseId: about.caseId,
      sendId: row.id,
      data: { channel: row.channel, because: about.because },
    });
  }
  if (about.caseId !== null) {
    await client.query(
      `update work_item set state = 'cancelled', outcome = $2, closed_at = to_timestamp($3::double precision / 1000), closed_by = 'worker'
       where case_id = $1 and state = 'open' and kind in ('call', 'approval', 'manager-task', 'locate')`,
      [about.caseId, about.because, about.atMs],
    );
  }
  return rows.map((row) => row.id);
}
