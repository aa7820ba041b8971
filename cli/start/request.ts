import { join } from 'node:path';
import { withEnvFile } from '../../config/env-file.ts';
import { readSettings, SettingsRefused, type Settings } from '../../config/settings.ts';
import { homeOf } from './instance.ts';
import { repoRoot } from './paths.ts';
import { parseClock } from './sandbox-clock.ts';
import { StartFailure } from './start-failure.ts';
import { AlreadyRunning } from './supervisor.ts';

export type StartOptions = { detach?: boolean; sample: boolean; clock?: string; json?: boolean; background?: boolean };

/** The settings of the machine's environment and of `.env`. @throws SettingsRefused */
export function machineSettings(): { settings: Settings; home: string } {
  // Tests must not depend on, or worse act on, what somebody wrote into .env.
  const inTests = process.env['VITEST'] !== undefined;
  const settings = readSettings(inTests ? process.env : withEnvFile(process.env, join(repoRoot, '.env')));
  if (settings.MAKEGOOD_CACHE !== undefined) process.env['MAKEGOOD_CACHE'] = settings.MAKEGOOD_CACHE;
  return { settings, home: homeOf(settings.MAKEGOOD_HOME) };
}

/** What was asked, judged before anything is touched. */
export function startRequest(options: StartOptions) {
  const { settings, home } = machineSettings();
  if (settings.MAKEGOOD_CHANNELS === 'live' && options.clock !== undefined) {
    throw new SettingsRefused([
      { name: '--clock', problem: 'conflicts with MAKEGOOD_CHANNELS=live: live channels follow the real clock' },
    ]);
  }
  return {
    settings,
    home,
    sample: options.sample,
    clock: options.clock === undefined ? undefined : parseClock(options.clock),
  };
}

/** What to tell the person when a start cannot go on. A bug keeps its stack. */
export function explain(error: unknown): string {
  if (error instanceof SettingsRefused) return `makegood: ${error.message}\n  (.env.example explains each setting)`;
  if (error instanceof StartFailure) {
    return `makegood: ${error.message}${error.advice === undefined ? '' : `\n  ${error.advice}`}`;
  }
  if (error instanceof AlreadyRunning) return `makegood: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
