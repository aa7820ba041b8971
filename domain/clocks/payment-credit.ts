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

const NO_PAYMENT =
  /\b(no|not|never|zero|without|haven['’]?t|hasn['’]?t|have not|has not|didn['’]?t|did not)\b[^.!?]{0,40}\bpa(yments?|id)\b|\bpayments?\b[^.!?]{0,40}\b(not|never|hasn['’]?t|has not|was not|wasn['’]?t)\b[^.!?]{0,20}\b(received|made|arrived|posted)\b|\bno\b[^.!?]{0,25}\b(recibi|recibido|recibimos)[^.!?]{0,25}\bpagos?\b|\bning[uú]n pago\b/iu;

/** Whether a text says that no payment came (English or Spanish). */
export function saysNoPayment(text: string): boolean {
  return NO_PAYMENT.test(text);
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
