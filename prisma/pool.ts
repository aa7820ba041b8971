import pg from 'pg';

// bigint columns hold cents and milliseconds, both far below 2^53; a number keeps arithmetic and JSON plain.
pg.types.setTypeParser(20, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`bigint out of range: ${text}`);
  return value;
});
// A date is a calendar date, not an instant: keep the text.
pg.types.setTypeParser(1082, (text) => text);

export type Pool = pg.Pool;
export type Client = pg.PoolClient;
/** Something that answers queries: the pool, or a client inside a transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>;
}

/** Connects. Every session runs in UTC: an adapter that formats local times would otherwise store wrong instants. */
export function openPool(databaseUrl: string, options: { max?: number; name?: string } = {}): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.max ?? 10,
    application_name: options.name ?? 'makegood',
    options: '-c timezone=UTC -c idle_in_transaction_session_timeout=60000',
  });
  // An idle connection dropped by a restarting server is replaced on the next query; it must not end the process.
  pool.on('error', () => undefined);
  // So must one that is checked out and between two queries: its next query fails and says so.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const RETRIED = new Set(['40001', '40P01']);

/**
 * Runs `work` in one READ COMMITTED transaction. Deadlocks and serialisation failures are retried up to three times:
 * nothing has been committed or sent by then.
 */
export async function inTransaction<T>(pool: Pool, work: (client: Client) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    let broken = false;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      broken = !(await client.query('rollback').then(
        () => true,
        () => false,
      ));
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!RETRIED.has(code) || attempt >= 4) throw error;
    } finally {
      client.release(broken);
    }
  }
}

/** The first row of an answer that must have one. */
export function one<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('expected a row, found none');
  return row;
}
