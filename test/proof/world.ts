import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { Instance } from '../faults/instance.ts';
import { Staff } from './staff.ts';

/** What one run of the proof is given. */
export interface World {
  root: string;
  home: string;
  /** Where the evidence is written: what the core sent, what borrowers and staff did, and the exports. */
  evidence: string;
  days: number;
  seed: string;
  /** Kills the worker (-9) at random moments while business time advances; the supervisor starts it again. */
  restarts: boolean;
  say: (line: string) => void;
}

/** What somebody outside did, and when; the checker's witness beside the exports. */
export interface Deed {
  kind: 'text' | 'call' | 'mailed';
  /** Business instant. */
  at: string;
  number?: string;
  body?: string;
  loanNumber?: string;
}

/** Monday, 5 October 2026, nine in the morning in the East: Columbus Day, Veterans Day, Thanksgiving, and the end of summer time follow. */
export const STARTS_AT = '2026-10-05T13:00:00Z';
export const SNAPSHOT_AT = '2026-10-05T06:00:00Z';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** In the small hours everywhere in the country, borrowers write and the printer's file is read: no step is due then. */
const NIGHT_HOUR = 9;
/** From Hawaii to Maine it is between nine and four o'clock: collectors call. */
const CALL_HOUR = 19;
const EVERY_DAYS = 3;
const SILENCE_DAYS = 7;

const EXPORTS = ['contacts', 'decisions', 'payments', 'holds', 'cases', 'promises'] as const;

/** The starting point: an instance with the sample taken in, stopped, and an archive of it from which another run can start. */
export async function prepareHome(given: {
  root: string;
  home: string;
  accounts: number;
  pastDue: number;
  seed: string;
  archive: string;
}): Promise<void> {
  const instance = new Instance({ home: given.home, root: given.root });
  const sample = join(given.home, 'sample');
  await instance.start(STARTS_AT);
  try {
    await instance.cli('sample', '--accounts', String(given.accounts), '--seed', given.seed, '--out', sample, '--as-of', SNAPSHOT_AT, '--past-due', String(given.pastDue)); // prettier-ignore
    await instance.cli('import', sample);
    await instance.cli('backup', given.archive, '--with-keys');
  } finally {
    await instance.stop();
  }
}

/** A second instance with the very facts, ids among them, from which the first one started. */
export async function copyHome(given: { root: string; from: string; home: string; archive: string }): Promise<void> {
  await new Instance({ home: given.home, root: given.root }).cli('restore', given.archive);
  cpSync(join(given.from, 'sample'), join(given.home, 'sample'), { recursive: true });
}

/** Plays the days. @returns seconds that `makegood advance` took, all calls together, and how often the worker was killed */
export async function play(world: World): Promise<{ advanceSeconds: number; kills: number; ticks: number }> {
  const { evidence, say } = world;
  const instance = new Instance({ home: world.home, root: world.root });
  mkdirSync(evidence, { recursive: true });
  const deeds: Deed[] = [];
  let advanceSeconds = 0;
  let ticks = 0;
  const spokenTo = new Map<string, number>();
  const killer = new Killer(instance, world.restarts);
  await instance.start(STARTS_AT);
  try {
    const staff = await Staff.signIn(instance.setting('MAKEGOOD_PUBLIC_URL'), 'casey');
    const start = Date.parse(STARTS_AT);
    const end = start + world.days * DAY;
    const advance = async (untilMs: number): Promise<void> => {
      await staff.untilQuiet();
      const before = performance.now();
      killer.begin();
      const told = z.looseObject({ ticks: z.int() }).parse(JSON.parse(await instance.cli('advance', '--until', new Date(untilMs).toISOString(), '--json'))); // prettier-ignore
      await killer.end();
      advanceSeconds += (performance.now() - before) / 1000;
      ticks += told.ticks;
    };
    for (let day = EVERY_DAYS; ; day += EVERY_DAYS) {
      const midnight = Math.floor(start / DAY) * DAY + day * DAY;
      if (midnight + CALL_HOUR * HOUR >= end) break;
      await advance(midnight + NIGHT_HOUR * HOUR);
      const told = await borrowersWrite(instance, world.seed, day);
      await staff.untilQuiet();
      deeds.push(...stamped(told, midnight + NIGHT_HOUR * HOUR));
      deeds.push(...stamped(await mailLetters(instance, evidence), midnight + NIGHT_HOUR * HOUR));
      await advance(midnight + CALL_HOUR * HOUR);
      deeds.push(...stamped(await makeCalls(staff, world.seed, { midnight, spokenTo }), midnight + CALL_HOUR * HOUR));
      say(
        `  day ${day} of ${world.days}: ${deeds.length} deeds, ${ticks} ticks, ${advanceSeconds.toFixed(0)} s of advance`,
      );
    }
    await advance(end);
    await staff.untilQuiet();
    for (const name of EXPORTS)
      writeFileSync(join(evidence, `${name}.jsonl`), await instance.cli('export', name, '--json'));
  } finally {
    await instance.stop();
  }
  writeFileSync(join(evidence, 'deeds.jsonl'), deeds.map((deed) => `${JSON.stringify(deed)}\n`).join(''));
  writeFileSync(join(evidence, 'span.json'), JSON.stringify({ from: STARTS_AT, days: world.days }));
  keepFilesOfCore(world.home, evidence);
  return { advanceSeconds, kills: killer.kills, ticks };
}

const stamped = (deeds: Omit<Deed, 'at'>[], atMs: number): Deed[] =>
  deeds.map((deed) => ({ ...deed, at: new Date(atMs).toISOString() }));

/** A number from 0 to 99 that depends on nothing but its words: the same world for the same seed. */
function draw(...words: (string | number)[]): number {
  return createHash('sha256').update(words.join('/')).digest().readUInt32BE(0) % 100;
}

const WORDS = ['STOP', 'I can pay $120 friday', 'I lost my job', 'I dispute this debt, it is not right', 'who is this?', 'stop texting me'] as const; // prettier-ignore

async function borrowersWrite(instance: Instance, seed: string, day: number): Promise<Omit<Deed, 'at'>[]> {
  const { numbers } = z.object({ numbers: z.array(z.string()) }).parse(await instance.control('GET', '/phones'));
  const deeds: Omit<Deed, 'at'>[] = [];
  for (const number of numbers.toSorted()) {
    if (draw(seed, 'writes', number, day) >= 8) continue;
    const body = WORDS[draw(seed, 'words', number, day) % WORDS.length] ?? 'STOP';
    await instance.control('POST', `/phones/${encodeURIComponent(number)}/messages`, { body, wait: true });
    deeds.push({ kind: 'text', number, body });
  }
  return deeds;
}

/** The print vendor takes what waits and says that all of it was mailed on the day before. */
async function mailLetters(instance: Instance, evidence: string): Promise<Omit<Deed, 'at'>[]> {
  const released = z.looseObject({ pieces: z.int(), folder: z.string().nullable() }).parse(JSON.parse(await instance.cli('letters', 'release', '--out', join(evidence, 'letters'), '--json'))); // prettier-ignore
  if (released.pieces === 0 || released.folder === null) return [];
  const manifest = readFileSync(join(released.folder, 'manifest.csv'), 'utf8');
  const file = join(evidence, 'mailed.csv');
  writeFileSync(file, withMailedOn(manifest, await businessDate(instance)));
  await instance.cli('letters', 'mailed', '--file', file, '--json');
  rmSync(released.folder, { recursive: true });
  return [{ kind: 'mailed' }];
}

function withMailedOn(manifest: string, on: string): string {
  const rows = parse(manifest, { columns: true }) as Record<string, string>[];
  const mailed = rows.map((row) => ({
    ...row,
    mailed_on: on,
    ...(row['class'] === 'certified' ? { certificate_number: `9407-${row['letter_id']?.slice(0, 8)}` } : {}),
  }));
  return stringify(mailed, { header: true });
}

async function businessDate(instance: Instance): Promise<string> {
  const { now } = z.looseObject({ now: z.string() }).parse(JSON.parse(await instance.cli('status', '--json')));
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', dateStyle: 'short' }).format(Date.parse(now));
}

/** Collectors call whom the queue says that they may: inside the hours there, with calls left under the cap, a week after they spoke (`calls-after-talk`); never on Sundays. */
async function makeCalls(
  staff: Staff,
  seed: string,
  about: { midnight: number; spokenTo: Map<string, number> },
): Promise<Omit<Deed, 'at'>[]> {
  // prettier-ignore
  const { midnight, spokenTo } = about;
  if (new Date(midnight).getUTCDay() === 0) return [];
  const deeds: Omit<Deed, 'at'>[] = [];
  for (const item of await staff.callsDue()) {
    const loanNumber = item.loan?.loanNumber ?? '';
    if (item.openNow !== true || midnight - (spokenTo.get(loanNumber) ?? 0) < SILENCE_DAYS * DAY) continue;
    // Asked again for each: a call just logged counts for the person's next loan.
    const fresh = (await staff.callsDue()).find(({ id }) => id === item.id);
    const spent = fresh?.budget.some(({ channel, used, of }) => channel === 'call' && used >= of) ?? true;
    if (spent || draw(seed, 'calls', loanNumber, midnight) >= 60) continue;
    const spoke = draw(seed, 'answers', loanNumber, midnight) < 25;
    await staff.logCall(item.id, spoke ? 'spoke' : 'no-answer');
    if (spoke) spokenTo.set(loanNumber, midnight);
    deeds.push({ kind: 'call', loanNumber });
  }
  return deeds;
}

function keepFilesOfCore(home: string, evidence: string): void {
  const core = join(home, 'sandbox-core');
  cpSync(join(home, 'sample'), join(evidence, 'core', '0000-first'), { recursive: true });
  for (const night of readdirSync(core).toSorted()) {
    mkdirSync(join(evidence, 'core', night), { recursive: true });
    for (const file of ['loans.csv', 'transactions.csv', 'manifest.json'])
      copyFileSync(join(core, night, file), join(evidence, 'core', night, file));
  }
}

/** Ends the worker as a power cut would, at moments nobody chose. */
class Killer {
  kills = 0;
  readonly #instance: Instance;
  readonly #armed: boolean;
  #stopped = Promise.resolve();
  #running = false;

  constructor(instance: Instance, armed: boolean) {
    this.#instance = instance;
    this.#armed = armed;
  }

  begin(): void {
    if (!this.#armed) return;
    this.#running = true;
    this.#stopped = this.#kill();
  }

  async end(): Promise<void> {
    this.#running = false;
    await this.#stopped;
  }

  async #kill(): Promise<void> {
    while (this.#running) {
      const restMs = 5_000 + Math.random() * 15_000;
      for (let waited = 0; waited < restMs && this.#running; waited += 100)
        await new Promise((resolve) => setTimeout(resolve, 100));
      // A worker killed before it is back would only prove the supervisor's patience.
      if (this.#running && this.#instance.isReady('worker') && this.#instance.signal('worker', 'SIGKILL')) this.kills += 1; // prettier-ignore
    }
  }
}
