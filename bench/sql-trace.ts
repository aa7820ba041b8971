import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Pool } from '../prisma/pool.ts';
import { one } from '../prisma/pool.ts';

type Rows = readonly Record<string, unknown>[];
type Statement = { session: number; text: string; values: readonly unknown[]; rows: Rows };
/** What one activity asked of Postgres, in order; `session` 0 is the pool, any other a connection checked out. */
export type Trace = ({ kind: 'statement' } & Statement)[];

/** The same pool, writing down every statement and its answer in the trace of the moment. */
export function recordingPool(pool: Pool, trace: () => Trace): Pool {
  let sessions = 0;
  const watch = <T extends object>(target: T, session: number): T =>
    new Proxy(target, {
      get(of, property) {
        const found: unknown = Reflect.get(of, property);
        if (typeof found !== 'function') return found;
        if (property === 'connect') {
          return async () => {
            sessions += 1;
            return watch((await found.call(of)) as pg.PoolClient, sessions);
          };
        }
        if (property !== 'query') return found.bind(of);
        return async (text: string, values: readonly unknown[] = []) => {
          const statement: Statement = { session, text, values, rows: [] };
          trace().push({ kind: 'statement', ...statement });
          const at = trace().at(-1);
          const answer = (await found.call(of, text, values)) as pg.QueryResult<Record<string, unknown>>;
          if (at !== undefined) at.rows = answer.rows;
          return answer;
        };
      },
    });
  return watch(pool, 0);
}

/** What of the recorded life stands for what of another: ids and addresses, and all that Postgres hands out meanwhile. */
export type Names = Map<string | number, string | number>;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Serial ids of the recorded life start here, so that a number in a parameter is an id or it is smaller. */
export const FIRST_RECORDED_ID = 1_000_000_000;

/** Runs the statements of a trace for another account, in the same transactions, without any of the code that made them. */
export async function replay(pool: Pool, trace: Trace, names: Names): Promise<void> {
  const open = new Map<number, pg.PoolClient>();
  try {
    for (const { session, text, values, rows } of trace) {
      const client = session === 0 ? pool : (open.get(session) ?? (await pool.connect()));
      if (session !== 0) open.set(session, client as pg.PoolClient);
      const answer = await client.query<Record<string, unknown>>(
        text,
        values.map((value) => renamed(value, names)),
      );
      learn(rows, answer.rows, names);
      if (session !== 0 && text === 'commit') {
        open.get(session)?.release();
        open.delete(session);
      }
    }
  } finally {
    for (const client of open.values()) client.release(true);
  }
}

function renamed(value: unknown, names: Names): unknown {
  if (typeof value === 'number') return names.get(value) ?? value;
  if (typeof value === 'string') {
    const whole = names.get(value);
    return whole ?? value.replaceAll(UUID, (id) => String(names.get(id) ?? fresh(id, names)));
  }
  return Array.isArray(value) ? value.map((each) => renamed(each, names)) : value;
}

/** An id that Postgres has not handed out was made up by the code: each life makes up its own. */
function fresh(id: string, names: Names): string {
  const made = randomUUID();
  names.set(id, made);
  return made;
}

function learn(recorded: Rows, seen: Rows, names: Names): void {
  if (recorded.length !== seen.length) throw new Error('the replay of the SQL went another way than its recording');
  for (const [at, row] of recorded.entries()) {
    const other = one([seen[at]]);
    for (const [column, value] of Object.entries(row)) {
      const now = other?.[column];
      const isId = typeof value === 'string' ? value.match(UUID)?.[0] === value : isSerial(value);
      if (isId && (typeof now === 'string' || typeof now === 'number')) names.set(value as string | number, now);
    }
  }
}

function isSerial(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= FIRST_RECORDED_ID && value < 2 * FIRST_RECORDED_ID; // prettier-ignore
}

/** Lifts every sequence of a fresh database to where recorded ids start. */
export async function liftSerials(pool: Pool, to: number): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name from pg_sequences where schemaname = 'public'`,
  );
  for (const { name } of rows) await pool.query(`select setval('${name}', $1)`, [to]);
}
