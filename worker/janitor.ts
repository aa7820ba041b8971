import { localDateAt } from '../domain/calendar/zones.ts';
import { businessNowMs } from '../activities/business-time.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import { inTransaction } from '../prisma/pool.ts';
import { recordEvent } from '../prisma/timeline.ts';

/**
 * Recalls messages whose claim was released and whose step has not come back for them by the end of the lender's day: it
 * went another way, or the plan passed it over. Nothing is lost: a step that is due again takes a recalled row over.
 * @returns how many were recalled
 */
export async function recallLeftOver(deps: ActivityDeps): Promise<number> {
  const because = 'its day passed before it could be tried again';
  return inTransaction(deps.pool, async (client) => {
    const nowMs = await businessNowMs(deps, client);
    const { rows } = await client.query<{
      id: string;
      channel: string;
      person_id: string | null;
      case_id: string | null;
    }>(
      `update send s set status = 'recalled', recalled_because = $3
       where s.id in (select id from send where status = 'prepared' and mode = 'on' and attempt > 0
           and (decided_at at time zone $2)::date < $1::date and exists (select 1 from send_item i where i.send_id = send.id)
         order by decided_at limit 200 for update skip locked)
       returning id, channel, person_id, case_id`,
      [localDateAt(nowMs, deps.lender.zone), deps.lender.zone, because],
    );
    for (const send of rows) {
      const { rows: items } = await client.query<{ loan_id: string }>(
        'select distinct loan_id from send_item where send_id = $1 order by loan_id',
        [send.id],
      );
      for (const { loan_id: loanId } of items) {
        await recordEvent(client, {
          kind: 'message-recalled',
          atMs: nowMs,
          actor: 'worker',
          loanId,
          personId: send.person_id,
          caseId: send.case_id,
          sendId: send.id,
          data: { channel: send.channel, because },
        });
      }
    }
    return rows.length;
  });
}
