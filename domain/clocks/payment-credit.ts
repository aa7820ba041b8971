import { allow, type ClockDecision, deny, ruled, type Ruled } from './ruling.ts';

/** Money as it came, against the periodic payment due. Cents; `dueCents` null when the file does not say. */
export type Receipt = { readonly amountCents: number; readonly dueCents: number | null };

/** How a payment stands after 1026.36(c)(1): held until whole, or credited as of receipt. */
export type Applied = 'suspense' | 'periodic-payment';

/**
 * Where the money received so far is: parts of a periodic payment wait in suspense and are applied when they make it
 * whole (1026.36(c)(1)(i)–(ii)). Null when nothing came.
 */
export function applied(receipts: readonly Receipt[]): Ruled<Applied | null> {
  const due = receipts.findLast(({ dueCents }) => dueCents !== null)?.dueCents ?? null;
  if (receipts.length === 0) return ruled('prompt-credit', null);
  const sum = receipts.reduce((all, { amountCents }) => all + amountCents, 0);
  return ruled('prompt-credit', due !== null && sum < due ? 'suspense' : 'periodic-payment');
}

/** Words that make a claim about part of the money true: "not the full payment". */
const PART = String.raw`(?:full|whole|entire|complete|rest|remaining|remainder|balance|further|other|second)`;
const GOT = String.raw`(?:receiv\w*|g[eo]t(?:ten)?|see[n]?|record\w*|ma[dk]e|post\w*|credit\w*|arrive\w*)`;

const NO_PAYMENT: readonly RegExp[] = [
  // "received no payment", "received nothing"
  new RegExp(String.raw`\b${GOT}\s+(?:no(?!\s+${PART})\b[^.!?]{0,30}\bpayments?|nothing)\b`, 'iu'),
  // "no payment received", "no payment has been made", "no payment yet"
  new RegExp(
    String.raw`\bno\s+(?!${PART})(?:\S+\s+){0,3}?payments?\s*(?:for\s+\S+\s+)?(?:(?:has|have|had|was|were|is)\s+)?(?:yet\s+)?(?:been\s+)?(?:${GOT}|on file|yet)`,
    'iu',
  ),
  // "we have not received your payment", "you didn't make a payment"
  new RegExp(
    String.raw`(?:\bnot|n['’]t|\bnever)\s+(?:yet\s+)?${GOT}\s+(?![^.!?]{0,25}\b${PART}\b)[^.!?]{0,30}\bpayments?\b`,
    'iu',
  ),
  // "your payment has not been received", "the payment never arrived"
  new RegExp(String.raw`\bpayments?\b[^.!?]{0,30}(?:\bnot|n['’]t|\bnever)\s+(?:yet\s+)?(?:been\s+)?${GOT}\b`, 'iu'),
  // "you have not paid", "you never paid"
  new RegExp(
    String.raw`\byou\b[^.!?]{0,20}(?:\bnot|n['’]t|\bnever)\s+(?:yet\s+)?pa(?:id|y)\b(?!\s+(?:in full|(?:the|all)\b))`,
    'iu',
  ),
  // Spanish: "no hemos recibido su pago", "ningún pago", "su pago no ha sido recibido"
  /\bno\s+(?:hemos|han|ha|se\s+ha)?\s*(?:sido\s+)?recib\p{L}+[^.!?]{0,30}\bpagos?\b/iu,
  /\bning[uú]n\s+pago\b/iu,
  /\bpagos?\b[^.!?]{0,20}\bno\s+(?:ha|han|fue|se\s+ha)\b[^.!?]{0,10}recib/iu,
];

/** Whether a text says that no payment came (English or Spanish). That part of the money is missing may be said. */
export function saysNoPayment(text: string): boolean {
  return NO_PAYMENT.some((claim) => claim.test(text));
}

/** Outreach may not say "no payment received" after a payment, whole or in part (1026.36(c)(1)(ii)). */
export function maySendText(text: string, receipts: readonly Receipt[]): Ruled<ClockDecision> {
  const paid = receipts.some(({ amountCents }) => amountCents > 0);
  return paid && saysNoPayment(text) ? deny('prompt-credit') : allow('prompt-credit');
}

/**
 * `no-pyramiding` (1026.36(c)(2); 16 CFR 444.4): no late fee where the periodic payment came in full and only an
 * earlier late fee is unpaid. `onlyUnpaid` is what the default is made of, where the file says.
 */
export function mayChargeLateFee(receipts: readonly Receipt[], onlyUnpaid: readonly string[]): Ruled<ClockDecision> {
  if (onlyUnpaid.length > 0 && onlyUnpaid.every((what) => /late/i.test(what))) return deny('no-pyramiding');
  const whole = receipts.some(({ dueCents }) => dueCents !== null) && applied(receipts).answer === 'periodic-payment';
  return whole ? deny('no-pyramiding') : allow('no-pyramiding');
}

/** `fee-convenience` (1692f(1); 1006.22(b)): third-party only where contract or law allows it; first-party ships none. */
export function mayChargePayByFee(
  mode: 'first-party' | 'third-party',
  allowedByContractOrLaw: boolean,
): Ruled<ClockDecision> {
  return mode === 'third-party' && allowedByContractOrLaw ? allow('fee-convenience') : deny('fee-convenience');
}

/** A returned debit's fee entry: `switchedOn` ships false; `feeTaken`: the item already bore one. */
export type ReturnFee = {
  readonly switchedOn: boolean;
  readonly code: string | null;
  readonly noticeGiven: boolean;
  readonly feeTaken: boolean;
};

/** `ach-return-fee` (Nacha): R01 and R09 only, one an item, after prior notice; ships off. */
export function mayChargeReturnFee({ switchedOn, code, noticeGiven, feeTaken }: ReturnFee): Ruled<ClockDecision> {
  const ok = switchedOn && (code === 'R01' || code === 'R09') && noticeGiven && !feeTaken;
  return ok ? allow('ach-return-fee') : deny('ach-return-fee');
}
