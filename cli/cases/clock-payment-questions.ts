import {
  addBankingDays,
  addBusinessDays,
  isBankingDay,
  isBusinessDay,
  type LocalDate,
} from '../../domain/calendar/days.ts';
import {
  fraudReview,
  mayDebit,
  needs,
  planDebits,
  pullItem,
  returnInTime,
  returnWindow,
} from '../../domain/clocks/debit-authority.ts';
import {
  dateChangeNoticeBy,
  mayOfferPlan,
  planCopyBy,
  sendBy,
  varyNoticeBy,
  varyNoticeNeeded,
} from '../../domain/clocks/debit-notices.ts';
import { applied, maySendText } from '../../domain/clocks/payment-credit.ts';
import {
  currentPromise,
  holdUntil,
  isValidPromise,
  maySendCollection,
  maySendReminder,
  promiseDecideOn,
  promiseState,
  provisionalUntil,
} from '../../domain/clocks/promise.ts';
import {
  lastRetrySettlesOn,
  mayRetry,
  retriesLeft,
  retryEarliestOn,
  triesReturned,
} from '../../domain/clocks/retries.ts';
import { allow, type ClockDecision, ruled, type Ruled } from '../../domain/clocks/ruling.ts';
import { smsStopped, stopState } from '../../domain/clocks/stops.ts';
import { type CaseArgs, dateArg, flagArg, integerArg, required, textArg } from './clock-args.ts';
import type { PaymentFacts } from './clock-debits.ts';
import type { AskedOn } from './clock-insurance-questions.ts';
import { CaseError } from './clock-moments.ts';

type Answerer = (facts: PaymentFacts, args: CaseArgs, on: AskedOn) => Ruled<unknown>;

const MAX_DAYS = 20_000; // some 80 years: more is a slip, not a question

function maySend(facts: PaymentFacts, args: CaseArgs, on: LocalDate): Ruled<ClockDecision> {
  const text = textArg(args, 'text', null);
  const purpose = textArg(args, 'purpose', 'collection');
  const channel = textArg(args, 'channel', 'any');
  const byText = text === null ? null : maySendText(text, facts.receipts);
  if (byText !== null && byText.answer.decision === 'deny') return byText;
  if (/legal|receipt|statutory/i.test(purpose)) return allow('ptp-hold'); // legal notices and receipts go on
  if (/reminder/i.test(purpose)) return maySendReminder(facts.promise, channel, on);
  const byPurpose = maySendCollection(facts.promise, channel, on);
  return byText !== null && byPurpose.answer.decision === 'allow' ? byText : byPurpose;
}

function promiseValid(facts: PaymentFacts, args: CaseArgs, on: AskedOn): Ruled<boolean> {
  if (args['on'] === undefined && args['amountCents'] === undefined) {
    if (facts.promise.promises.length === 0) throw new CaseError('args.on: needed by promiseValid');
    return ruled('ptp-hold', currentPromise(facts.promise) === facts.promise.promises.at(-1));
  }
  const made = facts.promise.promises.at(-1)?.madeOn ?? null;
  return ruled('ptp-hold', isValidPromise(args['amountCents'], args['on'], on.date ?? made ?? on.needed()));
}

function askedDay(args: CaseArgs, on: AskedOn): LocalDate {
  return dateArg(args, 'date') ?? dateArg(args, 'on') ?? on.needed();
}

function addDaysBy(add: (date: LocalDate, n: number) => LocalDate, ask: string): Answerer {
  return (_facts, args, on) => {
    const days = required(integerArg(args, 'days'), 'days', ask);
    if (Math.abs(days) > MAX_DAYS) throw new CaseError(`args.days: at most ${MAX_DAYS}`);
    return ruled('calendar', add(dateArg(args, 'start') ?? on.needed(), days));
  };
}

function textStops({ debits }: PaymentFacts): Ruled<boolean> {
  const stopped = smsStopped(debits.stops);
  // "cancel my autopay" is a stop of debits and not of texts: that row decides
  return ruled(!stopped && debits.cancels.length > 0 ? 'ach-stop' : 'revoke-any-means', stopped);
}

/** Every promise, debit and calendar question of contract clocks.md §6 but `applies` and `mayChargeFee`. */
export const PAYMENT_QUESTIONS: ReadonlyMap<string, Answerer> = new Map<string, Answerer>([
  ['holdUntil', ({ promise }) => holdUntil(promise)],
  ['decideOn', ({ promise }) => promiseDecideOn(promise)],
  ['promiseValid', promiseValid],
  ['promiseState', ({ promise }, _args, on) => promiseState(promise, on.day())],
  ['provisionalUntil', ({ promise }) => provisionalUntil(promise)],
  ['maySend', (facts, args, on) => maySend(facts, args, on.day())],
  ['maySendReminder', ({ promise }, args, on) => maySendReminder(promise, textArg(args, 'channel', 'any'), on.day())],
  [
    'mayRetry',
    ({ debits }, args, on) =>
      mayRetry(
        debits,
        {
          amountCents: integerArg(args, 'amountCents'),
          description: textArg(args, 'description', 'RETRY PYMT'),
          sameCompany: flagArg(args, 'sameCompany', true),
          payday: dateArg(args, 'payday'),
        },
        on.day(),
      ),
  ],
  ['retriesLeft', ({ debits }, _args, on) => retriesLeft(debits, on.date)],
  ['triesReturned', ({ debits }) => triesReturned(debits)],
  ['retryEarliestOn', ({ debits }, args) => retryEarliestOn(debits, dateArg(args, 'payday'))],
  ['lastRetrySettlesOn', ({ debits }) => lastRetrySettlesOn(debits)],
  ['returnWindowEndsOn', ({ debits }, args) => returnWindow(debits, textArg(args, 'code', null))],
  ['returnInTime', ({ debits }) => returnInTime(debits)],
  ['mayDebit', ({ debits }, args, on) => mayDebit(debits, integerArg(args, 'amountCents'), on.day())],
  ['planDebits', ({ debits }) => planDebits(debits)],
  ['pullItem', ({ debits }) => pullItem(debits)],
  ['smsStopped', textStops],
  ['needs', ({ debits }, args, on) => needs(debits, integerArg(args, 'amountCents'), on.day())],
  ['fraudReview', ({ debits, promise }) => fraudReview(debits, promise.promises.length > 0)],
  ['stopState', ({ debits }) => stopState(debits.stops)],
  ['varyNoticeNeeded', ({ scheduled }) => varyNoticeNeeded(scheduled)],
  ['varyNoticeBy', ({ scheduled }) => varyNoticeBy(scheduled)],
  ['varyNoticeSendBy', ({ scheduled }) => sendBy(varyNoticeBy(scheduled))],
  ['dateChangeNoticeBy', ({ movedDebitOn }) => dateChangeNoticeBy(movedDebitOn)],
  ['dateChangeNoticeSendBy', ({ movedDebitOn }) => sendBy(dateChangeNoticeBy(movedDebitOn))],
  ['planCopyBy', ({ planAgreedOn }) => planCopyBy(planAgreedOn)],
  [
    'mayOfferPlan',
    (_facts, args) => mayOfferPlan(flagArg(args, 'requiresAutopay', false), flagArg(args, 'overdraftLine', false)),
  ],
  ['applied', ({ receipts }) => applied(receipts)],
  ['isBankingDay', (_facts, args, on) => ruled('calendar', isBankingDay(askedDay(args, on)))],
  ['isBusinessDay', (_facts, args, on) => ruled('calendar', isBusinessDay(askedDay(args, on)))],
  ['addBankingDays', addDaysBy(addBankingDays, 'addBankingDays')],
  ['addBusinessDays', addDaysBy(addBusinessDays, 'addBusinessDays')],
]);
