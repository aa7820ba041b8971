import { addDays } from '../calendar/days.ts';
import { deny, type RemedyRule, type Verdict } from './rule.ts';
import { hasCome, isOver, type Situation } from './situation.ts';

/** P2: foreclosure (Reg X 1024.41) and acceleration. */

/** 1024.41(f)(1), (j): more than 120 days; by bank policy for home-equity lines too. Business loans are outside Reg X. */
function foreclosure120(s: Situation): Verdict | null {
  if (s.facts.product === 'commercial-mortgage') return null;
  if (s.facts.dueOn === null)
    return deny('The due date of the oldest unpaid payment is unknown: 120 days are not shown.');
  const from = addDays(s.facts.dueOn, 121);
  return hasCome(s, from) ? null : deny(`No first filing before ${from}: more than 120 days must have passed.`);
}

/** 1024.41(f)(2), (g): not for small servicers. */
function lossMitigation(s: Situation): Verdict | null {
  if (s.facts.product === 'commercial-mortgage' || s.facts.smallServicer === true) return null;
  return s.facts.lossMitigationPending === false ? null : deny();
}

/** The contract's breach notice, in the state's form. Uniform instruments: 30 days. */
function breachNotice(s: Situation): Verdict | null {
  if (s.facts.product !== 'mortgage' && s.facts.product !== 'heloc') return null;
  const notice = s.facts.breachNotice;
  if (notice === null) return deny('No breach notice was mailed.');
  if (!notice.stateFormFilled) return deny('The breach notice of this state has no signed form: a person decides.');
  return isOver(s, addDays(notice.mailedOn, notice.days)) ? null : deny();
}

export const foreclosureRules: readonly RemedyRule[] = [
  { rule: 'foreclosure-120', class: 2, on: ['file-foreclosure'], judge: foreclosure120 },
  {
    rule: 'foreclosure-performing',
    class: 2,
    on: ['file-foreclosure', 'foreclosure-sale'],
    judge: (s) => (s.facts.performingUnderPlan === false ? null : deny()),
  },
  { rule: 'lossmit-clock', class: 2, on: ['file-foreclosure', 'foreclosure-sale'], judge: lossMitigation },
  { rule: 'breach-30', class: 2, on: ['accelerate'], judge: breachNotice },
  {
    rule: 'time-barred',
    class: 5,
    on: ['sue'],
    judge: (s) =>
      s.facts.limitationExpired === false ? null : deny('The statute of limitation has run, or nobody knows: no suit.'),
  },
];
