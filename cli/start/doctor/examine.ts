import { SettingsRefused } from '../../../config/settings.ts';
import { machineSettings } from '../request.ts';
import { liveRun } from '../run-file.ts';
import { statusOf } from '../status-of.ts';
import { fail, messageOf, ok, warn, type Check } from './check.ts';
import { keyAges, providers } from './keys.ts';
import { clock, disk, ports, versions } from './machine.ts';
import { postgres, temporal } from './servers.ts';

/** Everything that a start or a running instance depends on, looked at without changing it. */
export async function examine(): Promise<Check[]> {
  const read = readMachineSettings();
  if ('checks' in read) return [...versions(), ...read.checks];
  const { settings, home } = read;
  const run = liveRun(home);
  const checks = await Promise.all([
    clock(settings),
    ports(settings, run),
    postgres(settings, run),
    temporal(settings, run),
    providers(settings),
    parts(home),
  ]);
  const told = ok('settings', `channels are ${settings.MAKEGOOD_CHANNELS}, home is ${home}`);
  return [...versions(), told, ...checks.flat(), ...disk(home), ...keyAges(settings, home, Date.now())];
}

function readMachineSettings(): ReturnType<typeof machineSettings> | { checks: Check[] } {
  try {
    return machineSettings();
  } catch (error) {
    if (!(error instanceof SettingsRefused)) return { checks: [fail('settings', messageOf(error))] };
    return { checks: error.problems.map(({ name, problem }) => fail('settings', `${name} ${problem}`)) };
  }
}

async function parts(home: string): Promise<Check[]> {
  const status = await statusOf(home);
  if (status.state === 'stopped') return [ok('parts', 'not running')];
  if (status.state === 'crashed')
    return [warn('parts', 'a crash left parts running: `makegood stop` or the next start ends them')];
  if (status.ready) {
    const restarted = status.parts.filter((part) => part.restarts > 0).map((part) => `${part.name} ${part.restarts}×`);
    return [
      restarted.length === 0
        ? ok('parts', 'all ready')
        : warn('parts', `all ready; restarted: ${restarted.join(', ')}`),
    ];
  }
  const waiting = status.parts.filter((part) => !part.ready).map((part) => `${part.name} (${part.log})`);
  return [
    fail(
      'parts',
      waiting.length === 0 ? `${status.state}; the API does not answer` : `not ready: ${waiting.join(', ')}`,
    ),
  ];
}
