import type { LocalDate } from '../calendar/days.ts';

/** Half-open days: `from` is the first uninsured (or charged) day, `to` the first day after. `to` null is open. */
export type Span = { readonly from: LocalDate; readonly to: LocalDate | null };

/** The span, or null when it holds no day. */
export function spanOf(from: LocalDate, to: LocalDate | null): Span | null {
  return to !== null && to <= from ? null : { from, to };
}

/** The part of `span` before `date`; null when nothing of it is. */
export function partBefore(span: Span, date: LocalDate): Span | null {
  return spanOf(span.from, span.to === null || date < span.to ? date : span.to);
}

/** The part of `span` from `date` on; null when nothing of it is. */
export function partFrom(span: Span, date: LocalDate): Span | null {
  return spanOf(date > span.from ? date : span.from, span.to);
}

/** Whether every day of `inner` lies in `outer`. */
export function holds(outer: Span, inner: Span): boolean {
  if (inner.from < outer.from) return false;
  return outer.to === null || (inner.to !== null && inner.to <= outer.to);
}
