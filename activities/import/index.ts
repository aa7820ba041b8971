import { Context } from '@temporalio/activity';
import { readPartEnvironment } from '../../config/settings.ts';
import type { ImportState } from '../../prisma/import/sets.ts';
import type { ActivityDeps } from '../deps.ts';
import type { ImportDeps } from './deps.ts';
import { takeStep } from './run.ts';
import { Sealer } from '../../prisma/import/sealer.ts';

export { runImport, resumeImport } from './run.ts';
export { receiveSet } from './receive.ts';
export { ImportRefused } from '../../intake/refused.ts';
export type { ImportDeps } from './deps.ts';
export type { ImportSource } from './receive.ts';

/** The sealer of this instance, by the keys its parts were told. */
export function instanceSealer(env: NodeJS.ProcessEnv = process.env): Sealer {
  const keys = readPartEnvironment(env, ['MAKEGOOD_CODEC_KEYS']).MAKEGOOD_CODEC_KEYS ?? [];
  return new Sealer(keys.map((key) => key.key));
}

/** What `importPortfolio` asks of the world: one phase at a time, each safe to repeat. */
export function createImportActivities(deps: Pick<ActivityDeps, 'pool' | 'clock'> & { sealer?: Sealer }) {
  const sealer = deps.sealer ?? instanceSealer();
  return {
    async takeImportStep(input: { setId: number }): Promise<ImportState> {
      const context = Context.current();
      const own: ImportDeps = { pool: deps.pool, clock: deps.clock, sealer, onProgress: (progress) => context.heartbeat(progress) }; // prettier-ignore
      const beat = setInterval(() => context.heartbeat(), 5_000);
      try {
        return await takeStep(own, input.setId);
      } finally {
        clearInterval(beat);
      }
    },
  };
}

export type ImportActivities = ReturnType<typeof createImportActivities>;
