import { isLocalDate, type LocalDate } from '../../domain/calendar/days.ts';
import { mayStartForcedPlacement, mustAdvancePremium } from '../../domain/clocks/escrow-premium.ts';
import { mayChargeFlood, mustPlace, placementDueBy, placementOrderBy } from '../../domain/clocks/flood.ts';
import { maySendCopy } from '../../domain/clocks/insurance-conduct.ts';
import {
  chargeableSpan,
  chargeEarliestOn,
  chargeMayReachBackTo,
  type ChargeRequest,
  mayCharge,
} from '../../domain/clocks/lapse-charge.ts';
import type { LapseFacts } from '../../domain/clocks/lapse-facts.ts';
import {
  type LetterForm,
  mayMailFirst,
  mayMailReminder,
  notice2EarliestOn,
  reminderEarliestOn,
  reminderVariant,
  renewalNoticeBy,
  renewalNoticeMailBy,
} from '../../domain/clocks/lapse-notices.ts';
import { cancelReason, keptSpan, refundActBy, refundDueBy, refundSpan } from '../../domain/clocks/lapse-refund.ts';
import {
  caseState,
  closeReason,
  evidencePeriodEndsOn,
  needsReview,
  reviewDueBy,
} from '../../domain/clocks/lapse-review.ts';
import type { Ruled } from '../../domain/clocks/ruling.ts';
import { mayRepossessForCpi, statutoryNoticeBy } from '../../domain/clocks/vehicle-cover.ts';
import { type CaseArgs, required, textArg } from './clock-args.ts';
import { isFirstClass } from './clock-lapse.ts';
import { CaseError } from './clock-moments.ts';

/** The local date of a question. */
export type AskedOn = {
  /** As written; null when the question has no `asOf`. */
  readonly date: LocalDate | null;
  /** Without `asOf` the day of the last event; without events any day, for then no fact can depend on it. */
  day(): LocalDate;
  /** As `day`, but refused by name when there is neither. */
  needed(): LocalDate;
};

type Answerer = (facts: LapseFacts, args: CaseArgs, on: AskedOn) => Ruled<unknown>;

function letterForm(args: CaseArgs): LetterForm {
  const extra = args['extraTextOnSamePage'];
  const extraText = typeof extra === 'string' ? extra : extra === true ? 'extra text' : null;
  const mailClass = textArg(args, 'mailClass', null) ?? undefined;
  return { channel: textArg(args, 'channel', 'letter'), firstClass: isFirstClass(mailClass), extraText };
}

function chargeRequest(args: CaseArgs): ChargeRequest {
  const { span } = args;
  if (span === undefined || span === null) return 'chargeable';
  if (span === 'gap') return 'gap';
  if (typeof span === 'string') return 'whole';
  if (typeof span === 'object' && 'from' in span && 'to' in span && isLocalDate(span.from) && isLocalDate(span.to))
    return { from: span.from, to: span.to };
  throw new CaseError('args.span: must be gap, whole or {from, to}');
}

/** Every insurance question of contract clocks.md §6 but `applies` and `mayChargeFee`. */
export const INSURANCE_QUESTIONS: ReadonlyMap<string, Answerer> = new Map<string, Answerer>([
  ['reminderEarliestOn', reminderEarliestOn],
  ['notice2EarliestOn', notice2EarliestOn],
  ['chargeEarliestOn', (facts, _args, on) => chargeEarliestOn(facts, on.date)],
  ['evidencePeriodEndsOn', evidencePeriodEndsOn],
  ['refundDueBy', refundDueBy],
  ['refundActBy', refundActBy],
  ['refundSpan', refundSpan],
  ['keptSpan', keptSpan],
  ['chargeableSpan', (facts, _args, on) => chargeableSpan(facts, on.date)],
  ['chargeMayReachBackTo', chargeMayReachBackTo],
  ['renewalNoticeBy', renewalNoticeBy],
  ['renewalNoticeMailBy', renewalNoticeMailBy],
  ['placementDueBy', placementDueBy],
  ['placementOrderBy', placementOrderBy],
  ['mustPlace', (facts, _args, on) => mustPlace(facts, on.day())],
  ['statutoryNoticeBy', statutoryNoticeBy],
  ['reviewDueBy', reviewDueBy],
  ['needsReview', needsReview],
  ['reminderVariant', reminderVariant],
  ['cancelReason', cancelReason],
  ['closeReason', closeReason],
  ['caseState', caseState],
  ['mayMailFirst', (facts, args, on) => mayMailFirst(facts, letterForm(args), on.day())],
  ['mayMailReminder', (facts, args, on) => mayMailReminder(facts, letterForm(args), on.day())],
  [
    'maySendCopy',
    (facts, args) => maySendCopy(facts, required(textArg(args, 'channel', null), 'channel', 'maySendCopy')),
  ],
  [
    'mayCharge',
    (facts, args, on) =>
      args['coverage'] === 'flood' ? mayChargeFlood(facts, on.day()) : mayCharge(facts, chargeRequest(args), on.day()),
  ],
  ['mayRepossess', mayRepossessForCpi],
  ['mayStartForcedPlacement', (facts, _args, on) => mayStartForcedPlacement(facts, on.day())],
  ['mustAdvancePremium', mustAdvancePremium],
]);
