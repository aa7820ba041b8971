import { lockForContact } from '../../prisma/locks.ts';
import { inTransaction } from '../../prisma/pool.ts';
import type { Client } from '../../prisma/pool.ts';
import { recordEvent } from '../../prisma/timeline.ts';
import { businessNowMs } from '../business-time.ts';
import type { ActivityDeps } from '../deps.ts';
import { destinationsOf } from './addresses.ts';
import { askedAs } from './asked-as.ts';
import { judgeContact } from './judge.ts';
import { isSwitchedOff, sendModeOf } from './switches.ts';
import { wordMessage } from './wording.ts';

const AT_ONCE = 50;

interface Ordered {
  id: string;
  person_id: string;
  loan_id: string;
  product: string;
}

/**
 * Words the consent letters that somebody ordered (prisma/consent-letters.ts) and puts them into the print queue: under the
 * person's lock, with the gate asked and the slot reserved, as for any letter. What may not go is recalled with the reason.
 * @returns how many orders it dealt with
 */
export async function wordConsentLetters(deps: ActivityDeps): Promise<number> {
  const { rows } = await deps.pool.query<Ordered>(
    `select s.id, s.person_id, i.loan_id, l.product from send s
     join send_item i on i.send_id = s.id and i.family = 'consent-capture' join loan l on l.id = i.loan_id
     where s.status = 'prepared' and s.channel = 'letter' and s.template = 'consent-capture' order by s.decided_at, s.id limit ${AT_ONCE}`,
  );
  for (const ordered of rows) await inTransaction(deps.pool, (client) => wordOne(deps, client, ordered));
  return rows.length;
}

async function wordOne(deps: ActivityDeps, client: Client, ordered: Ordered): Promise<void> {
  const { person_id: personId, loan_id: loanId } = ordered;
  await lockForContact(client, { personIds: [personId] });
  const { rowCount } = await client.query(`select 1 from send where id = $1 and status = 'prepared' for update`, [
    ordered.id,
  ]);
  if (rowCount !== 1) return;
  const nowMs = await businessNowMs(deps, client);
  const recall = async (because: string): Promise<void> => {
    await client.query(`update send set status = 'recalled', recalled_because = $2 where id = $1`, [
      ordered.id,
      because,
    ]);
    await recordEvent(client, { kind: 'message-recalled', atMs: nowMs, actor: 'worker', personId, loanId, sendId: ordered.id, data: { channel: 'letter', template: 'consent-capture', because } }); // prettier-ignore
  };
  const [destination] = await destinationsOf(client, personId, 'letter');
  if (destination === undefined) return recall('there is no mailing address');
  // The switch may be lifted in a moment: the order stands until then.
  if (await isSwitchedOff(client, 'letter', 'main')) return;
  const mode = await sendModeOf(client, 'letter', ordered.product);
  if (mode === 'off' || mode === 'pilot')
    return recall(mode === 'off' ? `letters are switched off for ${ordered.product}` : 'letters are in pilot, and this one is not of it'); // prettier-ignore
  const { gate, decisionId, facts } = await judgeContact(deps, client, {
    personId,
    loanId,
    caseId: null,
    nowMs,
    request: {
      channel: 'letter',
      ...askedAs({ purpose: 'consent-request', template: 'consent-capture', channel: 'letter' }),
      party: 'borrower',
      debt: loanId,
      phone: null,
      email: null,
      numberKind: 'personal',
    },
  });
  if (gate.decision !== 'allow') return recall(gate.reasons.map((reason) => reason.words).join('; '));
  const worded = await wordMessage(deps, client, { personId, loanIds: [loanId], channel: 'letter', template: 'consent-capture', destination, payLink: '' }); // prettier-ignore
  await client.query(
    `update send set status = $2, mode = $3, to_value = $4, template_version = $5, language = $6, subject = $7, body = $8, body_hash = $9,
       decided_at = to_timestamp($10::double precision / 1000), decision_id = $11, state_code = $12 where id = $1`,
    [
      ordered.id,
      mode === 'shadow' ? 'shadowed' : 'approved',
      mode,
      destination.to,
      worded.version,
      worded.language,
      worded.subject,
      worded.text,
      worded.bodyHash,
      nowMs,
      decisionId,
      facts.mailing.state,
    ],
  );
  if (mode === 'shadow') return;
  await client.query(
    `insert into contact (at, person_id, loan_ids, channel, purpose, address, template, source, source_key, send_id, actor)
     values (to_timestamp($1::double precision / 1000), $2, $3, 'letter', 'consent-request', $4, 'consent-capture', 'makegood', $5, $6, 'worker')
     on conflict (source_key) do nothing`,
    [nowMs, personId, [loanId], destination.to, `send/${ordered.id}`, ordered.id],
  );
}
