import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportDeps } from '../../activities/import/deps.ts';
import { runImport } from '../../activities/import/run.ts';
import type { ImportSource } from '../../activities/import/receive.ts';
import type { ImportSetRow } from '../../prisma/import/sets.ts';
import { Sealer } from '../../prisma/import/sealer.ts';
import { openPool } from '../../prisma/pool.ts';
import type { Pool } from '../../prisma/pool.ts';
import { publishShippedPolicies } from '../../prisma/publish-policies.ts';
import { freshDatabase } from '../support/servers.ts';
import { NOW } from './support-clock.ts';

export { NOW };

export type Line = Record<string, string>;
export type Tables = Partial<Record<string, readonly Line[]>>;

/** The instant of the first set of every test, and the day it is there. */
export const AS_OF = '2026-11-23T07:00:00.000Z';

/** A database of its own with the shipped policies, and what an import needs. */
export async function openImport(
  nowMs = NOW,
): Promise<ImportDeps & { pool: Pool; close(): Promise<void>; url: string; at(ms: number): void }> {
  const database = await freshDatabase();
  const pool = openPool(database.url, { max: 6 });
  await publishShippedPolicies(pool, 'system');
  let now = nowMs;
  return {
    pool,
    url: database.url,
    clock: { nowMs: () => now },
    sealer: new Sealer([Buffer.alloc(32, 7)]),
    at: (ms) => {
      now = ms;
    },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}

export function csv(
  lines: readonly Line[],
  columns = [...new Set(lines.flatMap((line) => Object.keys(line)))],
): string {
  const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${[columns, ...lines.map((line) => columns.map((name) => cell(line[name] ?? '')))].map((row) => row.join(',')).join('\n')}\n`;
}

export function customer(number: string, more: Line = {}): Line {
  return {
    customer_number: number,
    first_name: 'Ana',
    last_name: 'Ruiz',
    mailing_state: 'OH',
    mailing_zip: '43215',
    ...more,
  };
}

export function loan(number: string, more: Line = {}): Line {
  return {
    loan_number: number,
    product: 'auto',
    status: 'active',
    branch: 'main',
    payment_amount: '300.00',
    next_due_on: '2026-12-05',
    principal_balance: '9000.00',
    past_due_amount: '0.00',
    days_past_due: '0',
    ...more,
  };
}

/** Late by so many days as of the first set. */
export function lateLoan(number: string, days: number, more: Line = {}): Line {
  const due = new Date(Date.parse('2026-11-23T00:00:00Z') - days * 86_400_000).toISOString().slice(0, 10);
  const missed = Math.floor(days / 30.5) + 1;
  return loan(number, {
    next_due_on: due,
    past_due_amount: `${300 * missed}.00`,
    days_past_due: String(days),
    ...more,
  });
}

export function role(loanNumber: string, customerNumber: string, name = 'borrower'): Line {
  return { loan_number: loanNumber, customer_number: customerNumber, role: name };
}

/** People C1…Cn with a loan L1…Ln each. */
export function lender(count: number, make: (index: number) => Line = (index) => loan(`L${index}`)): Tables {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return {
    customers: numbers.map((index) => customer(`C${index}`)),
    loans: numbers.map(make),
    loan_roles: numbers.map((index) => role(`L${index}`, `C${index}`)),
  };
}

export interface SetOptions {
  asOf?: string;
  kind?: string;
  /** Written over the manifest. */
  manifest?: Record<string, unknown>;
  /** Files as they are, by name, beside or instead of the tables'. */
  raw?: Record<string, string | Buffer>;
}

const written: string[] = [];
process.on('exit', () => written.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

/** Writes a file set into a folder that goes away with the run. */
export function writeSet(tables: Tables, options: SetOptions = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'makegood-set-'));
  written.push(directory);
  const files = [];
  for (const [table, lines = []] of Object.entries(tables)) {
    writeFileSync(join(directory, `${table}.csv`), csv(lines));
    files.push({ name: `${table}.csv`, table, rows: lines.length });
  }
  for (const [name, content] of Object.entries(options.raw ?? {})) writeFileSync(join(directory, name), content);
  const manifest = { asOf: options.asOf ?? AS_OF, kind: options.kind ?? 'all-loans', files, ...options.manifest };
  if (options.raw?.['manifest.json'] === undefined)
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify(manifest));
  return directory;
}

export async function takeIn(deps: ImportDeps, path: string, more: Partial<ImportSource> = {}): Promise<ImportSetRow> {
  return (await runImport(deps, { path, source: 'test', actor: 'tester', ...more })).set;
}

export async function rowsOf<Row extends Record<string, unknown>>(
  pool: Pool,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return (await pool.query<Row>(sql, values)).rows;
}

/** What the core told us, by its own keys: the same for the same facts, whatever ids the rows were given. */
export async function bookOf(pool: Pool): Promise<Record<string, unknown>> {
  const drop = `- '{id,person_id,loan_id,address_id,created_at,core_as_of,seen_at,loan_ids,unmatched_item_id}'::text[]`;
  const queries: Record<string, string> = {
    person: `select to_jsonb(t) ${drop} as row from person t order by customer_number`,
    address: `select to_jsonb(t) ${drop} as row from address t order by kind, value`,
    link: `select to_jsonb(t) ${drop} || jsonb_build_object('p', p.customer_number, 'a', a.value) as row from person_address t join person p on p.id = t.person_id join address a on a.id = t.address_id order by p.customer_number, a.value`,
    loan: `select to_jsonb(t) ${drop} as row from loan t order by loan_number`,
    role: `select l.loan_number || p.customer_number || r.role as row from loan_role r join loan l on l.id = r.loan_id join person p on p.id = r.person_id order by 1`,
    collateral: `select to_jsonb(t) ${drop} || jsonb_build_object('l', l.loan_number) as row from collateral t join loan l on l.id = t.loan_id order by l.loan_number, t.kind, t.identity`,
    insurance: `select to_jsonb(t) ${drop} || jsonb_build_object('l', l.loan_number) as row from insurance_cover t join loan l on l.id = t.loan_id order by l.loan_number, t.coverage, t.policy_number`,
    transactions: `select to_jsonb(t) ${drop} || jsonb_build_object('l', l.loan_number) as row from core_transaction t join loan l on l.id = t.loan_id order by t.transaction_id`,
    contact: `select to_jsonb(t) ${drop} || jsonb_build_object('p', p.customer_number, 'l', (select array_agg(loan_number order by loan_number) from loan where id = any(t.loan_ids))) as row from contact t join person p on p.id = t.person_id order by t.source_key`,
    stops: `select s.kind || p.customer_number || s.detail::text || s.at::text as row from legal_stop s join person p on p.id = s.person_id where s.lifted_at is null order by 1`,
    holds: `select h.reason || l.loan_number as row from hold h join loan l on l.id = h.loan_id where h.lifted_at is null order by 1`,
    waiting: `select table_name || row_key as row from import_waiting order by 1`,
  };
  const book: Record<string, unknown> = {};
  for (const [name, sql] of Object.entries(queries))
    book[name] = (await pool.query<{ row: unknown }>(sql)).rows.map((line) => line.row);
  return book;
}
