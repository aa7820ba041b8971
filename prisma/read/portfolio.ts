import type { Bucket, Product } from '../../api/schemas/common.ts';
import type { LoanFilter } from '../../api/schemas/loans.ts';
import type { Figure, Portfolio } from '../../api/schemas/portfolio.ts';
import type { Pool } from '../pool.ts';
import { one } from '../pool.ts';
import { listSendModes } from '../send-modes.ts';
import { listStopSwitches } from '../stop-switch.ts';
import { readFeed } from './feed.ts';
import { countLoans } from './loans.ts';
import type { Look } from './moment.ts';
import { readAged, readContacts, readPendingCents, readRefusals, readSteps, readWork } from './portfolio-parts.ts';
import type { Aged } from './portfolio-parts.ts';
import { read } from './prepared.ts';

/** The portfolio on one page. Each number carries the filter that lists its accounts, and counts exactly those. */
export async function readPortfolio(pool: Pool, look: Look): Promise<Portfolio> {
  const figure = async (open: LoanFilter): Promise<Figure> => {
    const { count, pastDueCents } = await countLoans(pool, open, look);
    return { count, cents: pastDueCents, open };
  };
  const [aged, byStep, contactsToday, refusalsToday, work, feed, stopSwitches, sendModes] = await Promise.all([
    readAged(pool, look),
    readSteps(pool, look),
    readContacts(pool, look),
    readRefusals(pool, look),
    readWork(pool, look),
    read<{ at: Date | null; kind: string | null }>(
      pool,
      'select snapshot_at as at, snapshot_kind as kind from core_feed',
      [],
    ),
    listStopSwitches(pool, { onlySet: true }),
    listSendModes(pool),
  ]);
  const [
    accounts,
    openCases,
    paymentsPending,
    onHold,
    unconfirmedSends,
    dueToday,
    dueTomorrow,
    open,
    brokenToday,
    keptToday,
    pendingCents,
  ] = await Promise.all([
    figure({}),
    figure({ caseStatus: 'open' }),
    figure({ payment: 'pending' }),
    figure({ hold: 'any' }),
    figure({ sends: 'unconfirmed' }),
    figure({ promise: 'due-today' }),
    figure({ promise: 'due-tomorrow' }),
    figure({ promise: 'open' }),
    figure({ promise: 'broken-today' }),
    figure({ promise: 'kept-today' }),
    readPendingCents(pool, look),
  ]);
  return {
    businessNow: new Date(look.nowMs).toISOString(),
    today: look.today,
    accounts,
    pastDue: sum(aged, { pastDue: 'yes' }),
    openCases,
    byBucket: groups(aged, (row) => row.bucket).map(([bucket, rows]) => ({ ...sum(rows, { bucket }), bucket })),
    byProduct: groups(aged, (row) => row.product).map(([product, rows]) => ({
      ...sum(rows, { product, pastDue: 'yes' }),
      product,
    })),
    byBucketAndProduct: aged.map((row) => ({
      ...sum([row], { bucket: row.bucket, product: row.product }),
      bucket: row.bucket,
      product: row.product,
    })),
    byStep,
    contactsToday,
    refusalsToday,
    promises: { dueToday, dueTomorrow, open, brokenToday, keptToday },
    paymentsPending: { ...paymentsPending, cents: pendingCents },
    onHold,
    unconfirmedSends,
    feed: await readFeed(pool, one(feed).kind, look.nowMs),
    stopSwitches,
    sendModes,
    work,
  };
}

function sum(rows: readonly Aged[], open: LoanFilter): Figure {
  return {
    count: rows.reduce((total, row) => total + row.count, 0),
    cents: rows.reduce((total, row) => total + row.cents, 0),
    open,
  };
}

function groups<Key extends Bucket | Product>(rows: readonly Aged[], key: (row: Aged) => Key): [Key, Aged[]][] {
  return [...Map.groupBy(rows, key)];
}
