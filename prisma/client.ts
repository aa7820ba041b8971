import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';
import type { Pool } from './pool.ts';

const clients = new WeakMap<Pool, PrismaClient>();

/**
 * The typed client over a pool of ours, for plain administrative queries; hot paths use prepared SQL. It refuses a pool
 * whose sessions are not in UTC: the adapter writes instants as local times without a zone, and would store wrong ones
 * that even read back right (prisma#28629).
 */
export function prismaClient(pool: Pool): PrismaClient {
  if (!/-c timezone=UTC\b/.test(pool.options.options ?? ''))
    throw new Error('the pool of a Prisma client must run its sessions in UTC (openPool does)');
  const known = clients.get(pool);
  if (known !== undefined) return known;
  const client = new PrismaClient({ adapter: new PrismaPg(pool) });
  clients.set(pool, client);
  return client;
}
