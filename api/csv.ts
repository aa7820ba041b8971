import { stringify } from 'csv-stringify/sync';
import type { Report } from './schemas/reports.ts';

/** A cell that a spreadsheet would take for a formula, full-width signs and control characters included. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * A report as CSV (RFC 4180). Texts that a spreadsheet would run are quoted by an apostrophe; numbers and amounts are typed by
 * their column and stay numbers (money as dollars).
 */
export function reportCsv(report: Report): string {
  const rows = report.rows.map((row) =>
    report.columns.map(({ key, type }) => {
      const value = row[key] ?? null;
      if (value === null) return '';
      if (type === 'cents' && typeof value === 'number') return (value / 100).toFixed(2);
      if (type === 'number' && typeof value === 'number') return String(value);
      const text = String(value);
      return FORMULA.test(text) ? `'${text}` : text;
    }),
  );
  return stringify([report.columns.map(({ title }) => title), ...rows], { bom: true, record_delimiter: 'windows' });
}
