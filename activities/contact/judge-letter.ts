import type { LetterJudgement } from '../../prisma/print-queue.ts';
import type { WaitingLetter } from '../../prisma/print-queue-rows.ts';
import { overrideBehind } from '../../prisma/overrides.ts';
import type { Client } from '../../prisma/pool.ts';
import type { ActivityDeps } from '../deps.ts';
import { askedAs } from './asked-as.ts';
import { judgeContact } from './judge.ts';
import { isSwitchedOff, sendModeOf } from './switches.ts';

/** Denials that end with the next file, not with this letter. */
const PASSING = new Set(['data-stale', 'input-missing']);

/** Asks about a letter that waits what its claim was asked: the stop switch, the send mode and the gate, all as of now. */
export async function judgeLetter(
  deps: Pick<ActivityDeps, 'ruleset'>,
  client: Client,
  letter: WaitingLetter,
  nowMs: number,
): Promise<LetterJudgement> {
  if (await isSwitchedOff(client, 'letter', 'main')) return { kind: 'wait', why: 'the stop switch is set' };
  const mode = await sendModeOf(client, 'letter', letter.product);
  if (mode === 'off' || mode === 'shadow')
    return {
      kind: 'wait',
      why: `letters are ${mode === 'off' ? 'switched off' : 'in shadow mode'} for ${letter.product}`,
    };
  if (mode === 'pilot' && letter.mode !== 'pilot')
    return { kind: 'wait', why: 'letters are in pilot, and this one is not of it' };
  const override = await overrideBehind(client, letter.id);
  const { gate } = await withoutOwnSlot(client, letter.id, () =>
    judgeContact(deps, client, {
      override,
      personId: letter.person_id,
      loanId: letter.loan_id,
      caseId: letter.case_id,
      nowMs,
      request: {
        channel: 'letter',
        ...askedAs({ ...letter, channel: 'letter' }),
        party: 'borrower',
        debt: letter.loan_id,
        phone: null,
        email: null,
        numberKind: 'personal',
      },
    }),
  );
  if (gate.decision === 'allow') return { kind: 'go' };
  const why = gate.reasons.map((reason) => reason.words).join('; ');
  const passing = gate.decision !== 'deny' || (gate.primaryRule !== null && PASSING.has(gate.primaryRule));
  return { kind: passing ? 'wait' : 'never', why };
}

/** The letter's own reserved slot must not count against it. */
async function withoutOwnSlot<T>(client: Client, sendId: string, ask: () => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ slot: unknown }>(
    'delete from contact where send_id = $1 returning to_jsonb(contact) as slot',
    [sendId],
  );
  const answer = await ask();
  for (const { slot } of rows)
    await client.query('insert into contact select (jsonb_populate_record(null::contact, $1)).*', [
      JSON.stringify(slot),
    ]);
  return answer;
}
