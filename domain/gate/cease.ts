import { deny, needsApproval, type Verdict } from './rule.ts';
import { msOf } from './shape.ts';
import { isLegalLetter, type ContactSituation } from './situation.ts';
import type { Notice } from './vocabulary.ts';

/**
 * 1006.6(c)(2) and 1024.39(d): what a third-party collector may still send after a request to cease. Each is a
 * notice that efforts end, or that a named or ordinary remedy may follow, or the Reg X early-intervention notice.
 */
const AFTER_CEASE: ReadonlySet<Notice> = new Set<Notice>([
  'end-of-efforts',
  'intent-to-specify-remedy',
  'right-to-cure',
  'mortgage-default',
  'acceleration',
  'repossession',
  'foreclosure',
  'ucc-sale',
  'early-intervention',
]);

/** Third-party notices about which rules.md sends us to counsel (`ins-channel`, §4.13). */
const COUNSEL_AFTER_CEASE: ReadonlySet<Notice> = new Set<Notice>([
  'insurance-first',
  'insurance-reminder',
  'bankruptcy-form',
]);

/**
 * cease-all, 1006.6(c): every medium, from receipt; a request not in writing is honoured too, in both modes.
 * Passes: notices by letter as above (a creditor's own legal letters all go), receipts other than texts
 * (rules.md §4.23), and the answer to a consumer who writes again after the request.
 */
export function ceaseRequest(s: ContactSituation): Verdict | null {
  const { cease } = s.facts;
  const { party, purpose, channel, notice } = s.request;
  if (cease === null || party !== 'borrower') return null;
  if (s.repliesToMs !== null && s.repliesToMs > msOf(cease.at)) return null;
  if (purpose === 'receipt' && (channel === 'email' || channel === 'letter')) return null;
  if (!isLegalLetter(s.request)) return deny();
  if (!s.thirdParty || (notice !== null && AFTER_CEASE.has(notice))) return null;
  return notice !== null && COUNSEL_AFTER_CEASE.has(notice)
    ? needsApproval('The consumer asked us to cease: counsel decides whether this notice still goes.')
    : deny();
}
