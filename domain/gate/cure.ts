import { cureActEarliestOn, cureNoticeEarliestOn } from '../clocks/cure.ts';
import { cureStateRow } from '../clocks/cure-states.ts';
import { deny, type ContactRule, type RemedyRule, type Verdict } from './rule.ts';
import { hasCome, type Situation } from './situation.ts';

/** P2: the right to cure, by the table of domain/clocks/cure-states.ts. Judged in the stricter of the contract's state and the borrower's; both must pass. */

/** The contract's state and that of the residence (else mailing). null stands for one that is unknown. */
function cureStates(s: Situation): readonly (string | null)[] {
  const home = (s.facts.residence ?? s.facts.mailing).state;
  return s.facts.cure === null || s.facts.cure.state === home ? [home] : [s.facts.cure.state, home];
}

/** Why the remedy waits in this state, or null: its row is filled, the notice is good, and its period is fully past. */
function denial(s: Situation, state: string | null): Verdict | null {
  if (state === null) return deny('The state that decides the right to cure is unknown.');
  const row = cureStateRow(state);
  if (row === null) return deny(`No right-to-cure row for ${state} is filled and signed, so the remedy is blocked.`);
  const { cure } = s.facts;
  if (cure === null || cure.noticeMailedOn === null) return deny('No right-to-cure notice was mailed.');
  if (cure.defective) return deny('The right-to-cure notice was not exact, so it counts as none.');
  if (cure.noticeMailedOn < cureNoticeEarliestOn(row, cure.defaultOn)) {
    return deny('The right-to-cure notice was mailed too early, so it counts as none.');
  }
  const from = cureActEarliestOn(
    row,
    { mailedOn: cure.noticeMailedOn, deliveredOn: null },
    {
      homesteadMortgage: s.facts.product === 'mortgage' && s.facts.principalResidence !== false,
      mailGraceDays: s.settings.cureMailGraceDays,
    },
  );
  return hasCome(s, from) ? null : deny(`The borrower may still cure: nothing before ${from} (${row.citation}).`);
}

/** The most telling denial of the states that apply, or null when all of them pass. */
function cureGate(s: Situation): Verdict | null {
  if (s.facts.product === 'commercial-mortgage') return null; // consumer credit alone has a right to cure
  if (s.facts.cure !== null && s.facts.cure.excused !== null) return null;
  return cureStates(s).reduce<Verdict | null>((found, state) => found ?? denial(s, state), null);
}

/** 9-A M.R.S.A. 5-111: in Maine a bank's setoff is barred while the borrower may cure. */
function maineSetoff(s: Situation): Verdict | null {
  const barred = cureStates(s).filter((state) => state !== null && cureStateRow(state)?.barsSetoff === true);
  return barred.reduce<Verdict | null>((found, state) => found ?? denial(s, state), null);
}

/** Mo. Rev. Stat. 408.554-.555: every cosigner gets the notice, or the lock stays. */
function cosigners(s: Situation): Verdict | null {
  const { cure } = s.facts;
  const applies = cureStates(s).some((state) => state !== null && cureStateRow(state)?.cosignersToo === true);
  return applies && cure !== null && cure.cosignersNotified < cure.cosigners ? deny() : null;
}

export const cureOfRemedies: readonly RemedyRule[] = [
  { rule: 'cure-gate', class: 2, on: ['repossess', 'accelerate', 'sue'], judge: cureGate },
  { rule: 'cure-setoff-me', class: 2, on: ['setoff'], judge: maineSetoff },
  { rule: 'cosigner-copy', class: 2, on: ['repossess', 'accelerate', 'sue'], judge: cosigners },
];

/** A right-to-cure notice starts its clock by mail, and by nothing else. */
export const cureOfContact: readonly ContactRule[] = [
  {
    rule: 'cure-gate',
    class: 2,
    judge: ({ request }) =>
      request.purpose === 'legal-notice' && request.notice === 'right-to-cure' && request.channel !== 'letter'
        ? deny('A right-to-cure notice goes by letter: the clock runs from its mailing.')
        : null,
  },
];
