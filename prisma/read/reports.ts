import { addDays } from '../../domain/calendar/days.ts';
import { startOfDay } from '../../domain/calendar/zones.ts';
import type { Report, ReportName } from '../../api/schemas/reports.ts';
import { maySee, sightValues } from '../sight.ts';
import type { Pool } from '../pool.ts';
import type { Look } from './moment.ts';
import { read } from './prepared.ts';
import { REPORTS } from './report-definitions.ts';

export interface ReportSpan {
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
}

/** Runs one report. Each is one statement over the facts, and says in words how it is computed. */
export async function readReport(pool: Pool, name: ReportName, span: ReportSpan, look: Look): Promise<Report> {
  const definition = REPORTS[name];
  const from = span.from ?? addDays(look.today, -definition.days);
  const to = span.to ?? look.today;
  const rows = await read<Record<string, string | number | Date | null>>(pool, definition.sql(maySee(1)), [
    ...sightValues(look.viewer),
    look.today,
    new Date(look.nowMs),
    from,
    to,
    new Date(startOfDay(from, look.zone)),
    new Date(startOfDay(addDays(to, 1), look.zone)),
    span.limit + 1,
  ]);
  return {
    name,
    title: definition.title,
    how: definition.how,
    columns: definition.columns.map(([key, title, type]) => ({ key, title, type })),
    rows: rows.slice(0, span.limit).map((row) =>
      Object.fromEntries(
        definition.columns.map(([key]) => {
          const value = row[key] ?? null;
          return [key, value instanceof Date ? value.toISOString() : value];
        }),
      ),
    ),
    truncated: rows.length > span.limit,
  };
}
