import { mayChargeInsuranceFee, insuranceRowApplies } from '../../domain/clocks/insurance-conduct.ts';
import { isHighCost, latestReturned } from '../../domain/clocks/debit-facts.ts';
import { varyNoticeNeeded } from '../../domain/clocks/debit-notices.ts';
import { mayChargeLateFee, mayChargePayByFee, mayChargeReturnFee } from '../../domain/clocks/payment-credit.ts';
import { CLOCK_RULES, type ClockDecision, type ClockRule, ruled, type Ruled } from '../../domain/clocks/ruling.ts';
import { type CaseArgs, flagArg, required, textArg } from './clock-args.ts';
import type { CaseQuestion, ClockCase } from './clock-case.ts';
import { type PaymentFacts, paymentFacts } from './clock-debits.ts';
import type { CaseEvent } from './clock-events.ts';
import { type AskedOn, INSURANCE_QUESTIONS } from './clock-insurance-questions.ts';
import { lapseFacts } from './clock-lapse.ts';
import { CaseError } from './clock-moments.ts';
import { PAYMENT_QUESTIONS } from './clock-payment-questions.ts';
import { smsStopped } from '../../domain/clocks/stops.ts';

/** One answered question, as the command prints it. */
export type ClockAnswer = { readonly ask: string; readonly answer: unknown; readonly rule: ClockRule };

const ANY_DAY = '2026-01-01';

function askedOn(clockCase: ClockCase, { ask, asOf }: CaseQuestion): AskedOn {
  const date = asOf === null ? null : clockCase.clock.localDate(asOf);
  const known = date ?? clockCase.events.at(-1)?.day;
  return {
    date,
    day: () => known ?? ANY_DAY,
    needed: () => {
      if (known === undefined) throw new CaseError(`asOf: needed by ${ask}`);
      return known;
    },
  };
}

const ALLOWING = [
  'inContract',
  'inLaw',
  'contract',
  'law',
  'contractAllows',
  'lawAllows',
  'allowedByContract',
  'allowedByLaw',
];
const RETURN_FEE_ON = ['returnFee', 'returnFees', 'returnFeeEnabled', 'achReturnFee', 'ach-return-fee'];

function anyTrue(names: readonly string[], ...records: readonly Readonly<Record<string, unknown>>[]): boolean {
  return records.some((record) => names.some((name) => record[name] === true));
}

function mayChargeFee(clockCase: ClockCase, facts: PaymentFacts, args: CaseArgs, flood: boolean): Ruled<ClockDecision> {
  const { config, loan } = clockCase;
  const fee = required(textArg(args, 'fee', null), 'fee', 'mayChargeFee');
  if (fee === 'return-fee')
    return mayChargeReturnFee({
      switchedOn: anyTrue(RETURN_FEE_ON, config),
      code: latestReturned(facts.debits)?.returned?.code ?? null,
      noticeGiven: flagArg(args, 'priorNotice', true),
      feeTaken: flagArg(args, 'alreadyCharged', false),
    });
  if (fee === 'late' || fee === 'late-fee') {
    const onlyUnpaid = textArg(args, 'onlyUnpaid', null);
    return mayChargeLateFee(facts.receipts, onlyUnpaid === null ? facts.onlyUnpaid : [onlyUnpaid]);
  }
  if (fee.startsWith('pay-') || fee === 'convenience') {
    const mode = textArg(args, 'mode', null) ?? config['mode'] ?? loan.mode;
    return mayChargePayByFee(mode === 'third-party' ? 'third-party' : 'first-party', anyTrue(ALLOWING, args, config));
  }
  return mayChargeInsuranceFee(fee, flood);
}

function paymentRowApplies({ loan }: ClockCase, facts: PaymentFacts, id: ClockRule): Ruled<boolean> {
  const { debits } = facts;
  switch (id) {
    case 'ach-highcost':
      return ruled(id, isHighCost(debits.loan));
    case 'ach-vary-10':
      return ruled(id, varyNoticeNeeded(facts.scheduled).answer || facts.movedDebitOn !== null);
    case 'bankruptcy-stay':
      return ruled(
        id,
        debits.stops.some(({ state }) => state === 'bankruptcy'),
      );
    case 'ach-auth-tel':
      return ruled(id, debits.phone !== null);
    case 'ach-reinit': {
      const code = latestReturned(debits)?.returned?.code ?? null;
      return code === null || code === 'R01' || code === 'R09' ? ruled(id, true) : ruled('return-codes', false);
    }
    case 'ach-return-fee':
      return ruled(id, false); // ships off
    case 'prompt-credit':
      return ruled(id, loan.product === 'mortgage' && loan.principalResidence !== false);
    case 'card-late':
    case 'card-billing-error':
      return ruled(id, loan.product === 'card' || loan.product === 'credit-card');
    default:
      return ruled(id, true);
  }
}

/** Whether the case is about flood cover alone, whatever the loan. */
function isFloodCase(events: readonly CaseEvent[]): boolean {
  return events.some(({ kind }) => kind.startsWith('flood-')) && !events.some(({ kind }) => kind.startsWith('lapse-'));
}

const INSURANCE_ROW = /^(fpi-|flood-|cpi-|heloc-fpi$|ins-channel$)/;

/** Answers one question of a case. Throws a {@link CaseError} that names what is wrong with it. */
export function answerQuestion(clockCase: ClockCase, question: CaseQuestion): ClockAnswer {
  const { ask, asOf, args } = question;
  const { clock, loan } = clockCase;
  const until = asOf === null ? Number.POSITIVE_INFINITY : clock.endKey(asOf);
  const events = clockCase.events.filter(({ key }) => key <= until);
  const on = askedOn(clockCase, question);
  const payment = paymentFacts(clockCase, events);
  const lapse = () => lapseFacts(loan, events, smsStopped(payment.debits.stops), ask);
  const answer = (): Ruled<unknown> => {
    const insurance = INSURANCE_QUESTIONS.get(ask);
    if (insurance !== undefined) return insurance(lapse(), args, on);
    const paying = PAYMENT_QUESTIONS.get(ask);
    if (paying !== undefined) return paying(payment, args, on);
    if (ask === 'mayChargeFee') return mayChargeFee(clockCase, payment, args, isFloodCase(events));
    if (ask !== 'applies') throw new CaseError(`expect.ask: unknown question ${JSON.stringify(ask)}`);
    const wanted = required(textArg(args, 'ruleId', null), 'ruleId', ask);
    const id = CLOCK_RULES.find((rule) => rule === wanted);
    if (id === undefined) throw new CaseError(`args.ruleId: unknown rule ${JSON.stringify(wanted)}`);
    const row = INSURANCE_ROW.test(id) ? insuranceRowApplies(lapse(), id, loan.daysOverdue ?? 0) : null;
    return row ?? paymentRowApplies(clockCase, payment, id);
  };
  const { answer: value, rule } = answer();
  return { ask, answer: value, rule };
}
