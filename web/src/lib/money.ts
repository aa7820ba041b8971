/** What a person types, "1,234.5" or "$80", as integer cents; null when it is no amount above zero. */
export function typedCents(text: string): number | null {
  const found = /^\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (found === null) return null;
  const [, whole = '0', part = ''] = found;
  const cents = Number(whole.replaceAll(',', '')) * 100 + Number(part.padEnd(2, '0'));
  return cents > 0 ? cents : null;
}

/** Cents as they stand in a field: "1234.50". */
export const inField = (cents: number): string => (cents / 100).toFixed(2);
