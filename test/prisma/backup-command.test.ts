import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repoRoot } from '../../cli/start/paths.ts';
import { openPool } from '../../prisma/pool.ts';
import { freshDatabase } from '../support/servers.ts';

let folder: string;
let file: string;
const KEYS = '{"codecKeys":"here"}\n';

/** Runs the command as a person does, on the instance `name` with a database of its own. */
function makegood(
  name: string,
  databaseUrl: string,
  ...args: string[]
): { code: number | null; said: string; refused: string } {
  const env = { ...process.env, MAKEGOOD_HOME: join(folder, name), DATABASE_URL: databaseUrl };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(repoRoot, 'cli', 'main.ts'), ...args], {
    env,
    encoding: 'utf8',
  });
  return { code: status, said: stdout, refused: stderr };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'makegood-backup-command-'));
  file = join(folder, 'night.makegood');
  mkdirSync(join(folder, 'old'));
  writeFileSync(join(folder, 'old', 'secrets.json'), KEYS, { mode: 0o600 });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('makegood backup and restore', () => {
  it('carries facts and keys from one instance to another, and says what it did', async () => {
    const [from, to] = [await freshDatabase(), await freshDatabase()];
    const pool = openPool(from.url);
    await pool.query(`insert into lender_setting (key, value, actor) values ('kept', '{"a":1}', 'test')`);
    await pool.end();
    const backup = makegood('old', from.url, 'backup', file, '--with-keys', '--json');
    expect(backup).toMatchObject({ code: 0, refused: '' });
    expect(JSON.parse(backup.said)).toMatchObject({ file, rows: 3, withKeys: true });

    const restored = makegood('new', to.url, 'restore', file, '--json');
    expect(restored).toMatchObject({ code: 0, refused: '' });
    expect(JSON.parse(restored.said)).toMatchObject({ rows: 3, keys: 'restored' });
    const target = openPool(to.url);
    expect((await target.query('select key, value from lender_setting')).rows).toEqual([
      { key: 'kept', value: { a: 1 } },
    ]);
    await target.end();
    expect(readFileSync(join(folder, 'new', 'secrets.json'), 'utf8')).toBe(KEYS);
    expect(statSync(join(folder, 'new', 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('refuses in one line and exit code 1 what would overwrite something', async () => {
    const { url } = await freshDatabase();
    const again = makegood('old', url, 'backup', file);
    expect(again).toEqual({ code: 1, said: '', refused: `${file} is there already: name another file.\n` });

    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other', 'secrets.json'), '{"codecKeys":"others"}\n');
    const keys = makegood('other', url, 'restore', file);
    expect(keys).toMatchObject({
      code: 1,
      said: '',
      refused: expect.stringMatching(/^\S+secrets\.json holds other keys than the archive: .+\n$/) as string,
    });

    const letter = join(folder, 'letter.txt');
    writeFileSync(letter, 'Dear bank, '.repeat(100));
    const wrong = makegood('fresh', url, 'restore', letter);
    expect(wrong).toEqual({ code: 1, said: '', refused: `${letter} is not a Makegood backup.\n` });
  });
});
