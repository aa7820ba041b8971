import type { StopFacts } from './facts.ts';
import { ENFORCEMENT } from './remedy-groups.ts';
import { deny, needsApproval, type ContactRule, type RemedyRule, type Verdict } from './rule.ts';
import type { ContactSituation, Situation } from './situation.ts';
import type { Remedy } from './vocabulary.ts';

/** P1: the automatic stay, the codebtor stay and the discharge (11 USC 362, 1301, 1201, 524). */

type Bankruptcy = NonNullable<StopFacts['bankruptcy']>;

/** A stay runs from a filing, and from a credible claim until a docket search says there is none (rules.md §4.12). */
function stayed(s: Situation): Bankruptcy | null {
  const b = s.facts.bankruptcy;
  return b !== null && (b.status === 'filed' || b.status === 'claimed') ? b : null;
}

function discharged(s: Situation): Bankruptcy | null {
  const b = s.facts.bankruptcy;
  return b !== null && b.status === 'discharged' && b.reaffirmed !== true ? b : null;
}

/** What may still be said to someone whom a stay protects. */
function underStay(s: ContactSituation): Verdict | null {
  const { purpose, notice, channel } = s.request;
  if (purpose === 'receipt' && channel !== 'sms') return null; // a voluntary payment's receipt asks for nothing
  if (purpose !== 'legal-notice') return deny();
  if (notice === 'bankruptcy-form') return null; // Reg X and Reg Z bankruptcy forms
  const template = notice === 'insurance-first' || notice === 'insurance-reminder' || notice === 'early-intervention';
  return template && channel === 'letter'
    ? needsApproval('A bankruptcy is on file: this notice goes only on its bankruptcy template, approved by a person.')
    : deny();
}

function stay(s: ContactSituation): Verdict | null {
  if (s.request.party === 'attorney' || s.request.party === 'co-borrower') return null;
  return stayed(s) === null ? null : underStay(s);
}

/** 11 USC 1301, 1201: chapters 13 and 12 protect whoever owes a consumer debt with the debtor. */
function codebtorStay(s: ContactSituation): Verdict | null {
  if (s.request.party !== 'co-borrower') return null;
  const chapter = stayed(s)?.chapter;
  return chapter === 13 || chapter === 12 ? underStay(s) : null;
}

/** 11 USC 524: personal liability is gone; the lien may remain, and so may ordinary payments on the home (524(j)). */
function discharge(s: ContactSituation): Verdict | null {
  const { party, purpose, channel } = s.request;
  if (party === 'attorney' || party === 'co-borrower' || discharged(s) === null) return null;
  if (purpose === 'receipt' && channel !== 'sms') return null;
  const homeLoan = s.facts.product === 'mortgage' && s.facts.principalResidence === true;
  return homeLoan || (purpose === 'legal-notice' && channel === 'letter')
    ? needsApproval('The debt was discharged: only counsel’s lien-only text may go, approved by a person.')
    : deny();
}

export const bankruptcyOfContact: readonly ContactRule[] = [
  { rule: 'bankruptcy-stay', class: 1, judge: stay },
  { rule: 'bankruptcy-codebtor', class: 1, judge: codebtorStay },
  { rule: 'bankruptcy-discharge', class: 1, judge: discharge },
];

const STAYED: readonly Remedy[] = [...ENFORCEMENT, 'debit', 'assess-fee'];
const PERSONAL: readonly Remedy[] = ['accelerate', 'sue', 'setoff', 'debit', 'assess-fee'];
const IN_REM: readonly Remedy[] = ['repossess', 'sell-collateral', 'file-foreclosure', 'foreclosure-sale'];

export const bankruptcyOfRemedies: readonly RemedyRule[] = [
  { rule: 'bankruptcy-stay', class: 1, on: STAYED, judge: (s) => (stayed(s) === null ? null : deny()) },
  {
    rule: 'bankruptcy-stay',
    class: 1,
    on: ['charge-insurance', 'suspend-line'],
    judge: (s) => (stayed(s) === null ? null : needsApproval('A bankruptcy is on file: a person decides.')),
  },
  { rule: 'bankruptcy-discharge', class: 1, on: PERSONAL, judge: (s) => (discharged(s) === null ? null : deny()) },
  {
    rule: 'bankruptcy-discharge',
    class: 1,
    on: [...IN_REM, 'charge-insurance'],
    judge: (s) =>
      discharged(s) === null
        ? null
        : needsApproval('The debt was discharged and only the lien is left: counsel approves.'),
  },
];
