import { readPartEnvironment } from '../../config/settings.ts';
import { shippedRuleset } from '../../domain/gate/index.ts';
import { businessNow } from '../../prisma/business-clock.ts';
import type { Pool } from '../../prisma/pool.ts';
import type { PrintDeps } from '../../prisma/print-queue.ts';
import { instanceSealer } from '../import/index.ts';
import { judgeLetter } from './judge-letter.ts';
import { displayPhone } from './wording.ts';

/** Who the lender is on paper, by the settings of a running instance. */
export function lenderOf(environment: NodeJS.ProcessEnv): PrintDeps['lender'] {
  const env = readPartEnvironment(environment, []);
  return {
    name: env.MAKEGOOD_LENDER_NAME,
    address: env.MAKEGOOD_LENDER_ADDRESS,
    displayPhone: displayPhone(env.MAKEGOOD_LENDER_PHONE),
    zone: env.MAKEGOOD_LENDER_TIME_ZONE,
  };
}

/** What releasing letters needs from a running instance: the same gate and the same keys as the worker's. */
export function printDeps(pool: Pool, environment: NodeJS.ProcessEnv): PrintDeps {
  return {
    pool,
    sealer: instanceSealer(environment),
    lender: lenderOf(environment),
    nowMs: businessNow,
    judge: (client, letter, nowMs) => judgeLetter({ ruleset: shippedRuleset }, client, letter, nowMs),
  };
}
