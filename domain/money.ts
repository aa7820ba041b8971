/** An amount of money in integer cents. */
export type Cents = number;

const DOLLARS = /^(-)?\$?(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d{1,2}))?$/;

/** Adds amounts. Throws a RangeError when an amount or the sum is no exact integer of cents. */
export function addCents(...amounts: readonly Cents[]): Cents {
  return amounts.reduce((sum, cents) => exact(sum + exact(cents)), 0);
}

function exact(cents: number): Cents {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`not whole cents: ${cents}`);
  return cents;
}

/**
 * Reads dollars as people and files write them (`1234.56`, `$1,234.56`, `-12.5`, `($3.00)`) into cents by digits, never
 * by floating point. Null when the text is no amount, has more than two decimals, or is too large to be exact.
 */
export function parseDollars(text: string): Cents | null {
  const trimmed = text.trim();
  const bracketed = trimmed.startsWith('(') && trimmed.endsWith(')');
  const match = DOLLARS.exec((bracketed ? trimmed.slice(1, -1) : trimmed).replace(/^\$-/, '-$'));
  if (match === null) return null;
  const [, minus, whole, fraction] = match;
  if (whole === undefined && fraction === undefined) return null;
  if (bracketed && minus !== undefined) return null;
  const digits = `${(whole ?? '0').replaceAll(',', '')}${(fraction ?? '').padEnd(2, '0')}`;
  const cents = Number(digits);
  if (!Number.isSafeInteger(cents)) return null;
  return (minus !== undefined || bracketed) && cents > 0 ? -cents : cents;
}

/** Writes cents as `$1,234.56`, negative amounts as `-$1,234.56`. Throws a RangeError on a fraction of a cent. */
export function formatCents(cents: Cents): string {
  const digits = String(Math.abs(exact(cents))).padStart(3, '0');
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${cents < 0 ? '-' : ''}$${whole}.${digits.slice(-2)}`;
}

/**
 * Splits a total into `parts` equal amounts without losing a cent: every part is the total divided and rounded down,
 * the last one takes the rest. Throws a RangeError unless the total is ≥ 0 and parts a positive integer.
 */
export function splitCents(totalCents: Cents, parts: number): Cents[] {
  if (!Number.isSafeInteger(parts) || parts < 1) throw new RangeError(`cannot split into ${parts} parts`);
  if (exact(totalCents) < 0) throw new RangeError('cannot split a negative amount');
  const each = Math.floor(totalCents / parts);
  return Array.from({ length: parts }, (_, index) => (index === parts - 1 ? totalCents - each * (parts - 1) : each));
}

/** The part `numerator / denominator` of an amount, rounded half up, by integers. Throws when it cannot be exact. */
export function prorateCents(amountCents: Cents, numerator: number, denominator: number): Cents {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0)
    throw new RangeError(`not a share: ${numerator}/${denominator}`);
  const scaled = BigInt(exact(amountCents)) * BigInt(numerator) * 2n + BigInt(denominator);
  const by = BigInt(denominator) * 2n;
  const floor = scaled >= 0n || scaled % by === 0n ? scaled / by : scaled / by - 1n;
  return exact(Number(floor));
}
