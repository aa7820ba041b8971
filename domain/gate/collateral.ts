import { addBankingDays, addDays, addMonths, dayNumber } from '../calendar/days.ts';
import type { ActionFacts } from './facts-actions.ts';
import { ENFORCEMENT } from './remedy-groups.ts';
import { deny, needsApproval, type RemedyRule, type Verdict } from './rule.ts';
import { msOf } from './shape.ts';
import { HOUR_MS, hasCome, localDays, recordedMs, type Situation } from './situation.ts';

/** P2: taking and selling collateral: the last re-read, servicemembers, sale notices. */

/** repo-recheck (bank policy): within 15 minutes before dispatch. */
const RECHECK_WITHIN_MS = HOUR_MS / 4;

function freshRecheck(s: Situation): Verdict | null {
  const checkedMs = recordedMs(s.facts.repoRecheckedAt, s.askedMs);
  if (checkedMs === null || s.askedMs - checkedMs > RECHECK_WITHIN_MS) return deny();
  const { promise } = s.facts;
  if (promise === null) return null;
  const holdEnds = dayNumber(addBankingDays(promise.on, 1));
  return localDays(s, s.askedMs).some((day) => day <= holdEnds)
    ? deny('A promise to pay is open: the order is cancelled, not dispatched.')
    : null;
}

/**
 * A payment newer than the last re-read cancels the remedy; where nothing was re-read, one newer than the core
 * snapshot. One that the re-read saw and the snapshot did not is `data-stale`.
 */
function paymentSinceReread(s: Situation): Verdict | null {
  const paidMs = recordedMs(s.facts.paymentPostedAt, s.askedMs);
  if (paidMs === null) return null;
  const reread = s.facts.repoRecheckedAt ?? s.facts.coreDataAsOf;
  return reread === null || paidMs > msOf(reread)
    ? deny('A payment was posted after the last re-read: the order is cancelled.')
    : null;
}

function recheck(s: Situation): Verdict | null {
  return freshRecheck(s) ?? paymentSinceReread(s);
}

type Scra = NonNullable<ActionFacts['scra']>;

/** 50 USC 3931: a military-status search made on the local day of the act, which says not covered. */
function scraCheck(s: Situation, yearAfter: boolean): Verdict | null {
  const { scra } = s.facts;
  if (scra === null) return deny('No military-status search was made.');
  const today = localDays(s, s.askedMs);
  if (today.some((day) => day !== dayNumber(scra.searchedOn)))
    return deny('The military-status search is not of today.');
  if (scra.waiverOrOrder) return null;
  if (scra.covered) return deny('The search says that the borrower is in military service: a court must order this.');
  return isProtected(scra, today, yearAfter)
    ? deny(
        yearAfter
          ? 'The loan is older than the service, which lasts or ended within a year: a court must order this.'
          : 'The loan is older than the service, which lasts: a court must order this.',
      )
    : null;
}

/** 3952: obligation before service, during service. 3953: the same, and the year after, its last date included. */
function isProtected(scra: Scra, today: readonly number[], yearAfter: boolean): boolean {
  if (scra.serviceStart === null && scra.serviceEnd === null) return false;
  const start = scra.serviceStart === null ? null : dayNumber(scra.serviceStart);
  if (start !== null && scra.obligationOn !== null && dayNumber(scra.obligationOn) >= start) return false;
  const last = scra.serviceEnd === null ? null : yearAfter ? addMonths(scra.serviceEnd, 12) : scra.serviceEnd;
  return today.some((day) => (start === null || day >= start) && (last === null || day <= dayNumber(last)));
}

/** UCC 9-614: every item of 9-613, the deficiency, the two telephone numbers; one missing spoils it. */
function saleNotice(s: Situation): Verdict | null {
  if (s.facts.product === 'commercial-mortgage') return null;
  const notice = s.facts.uccSaleNotice;
  if (notice === null) return deny('No notice of the sale was mailed.');
  return notice.complete ? null : deny();
}

function saleNoticeTime(s: Situation): Verdict | null {
  const notice = s.facts.uccSaleNotice;
  if (notice === null) return null;
  const from = addDays(notice.mailedOn, s.settings.saleNoticeDays);
  return hasCome(s, from)
    ? null
    : deny(`No sale before ${from}: ${s.settings.saleNoticeDays} days after the notice was mailed.`);
}

export const collateralRules: readonly RemedyRule[] = [
  { rule: 'repo-recheck', class: 2, on: ['repossess'], judge: recheck },
  { rule: 'repo-recheck', class: 2, on: ENFORCEMENT.filter((a) => a !== 'repossess'), judge: paymentSinceReread },
  { rule: 'scra-check', class: 2, on: ['repossess', 'sell-collateral', 'sue'], judge: (s) => scraCheck(s, false) },
  { rule: 'scra-check', class: 2, on: ['file-foreclosure', 'foreclosure-sale'], judge: (s) => scraCheck(s, true) },
  { rule: 'ucc-notice-consumer', class: 2, on: ['sell-collateral'], judge: saleNotice },
  { rule: 'ucc-notice-time', class: 2, on: ['sell-collateral'], judge: saleNoticeTime },
  {
    rule: 'cpi-repo-lock',
    class: 2,
    on: ['repossess'],
    judge: (s) => (s.facts.insuranceOnlyDefault === false ? null : needsApproval()),
  },
];
