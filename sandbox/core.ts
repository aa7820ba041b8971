import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addMonths, daysBetween } from '../domain/calendar/days.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import { inTransaction, one } from '../prisma/pool.ts';
import type { Pool } from '../prisma/pool.ts';
import { daysLateOn, missedOn, pastDueOn } from './core/account.ts';
import {
  adoptPortfolio,
  loadAccounts,
  loadReturns,
  openBook,
  playedNight,
  rememberNight,
  saveAccounts,
  saveNight,
  takenPayments,
} from './core/book.ts';
import type { Account, Posting } from './core/book.ts';
import { playNight } from './core/night.ts';
import { dollars, yesNo } from './sample/rows.ts';

export interface SandboxCore {
  pool: Pool;
  /** Where its file sets lie, one folder a night. */
  directory: string;
  seed: string;
  zone: string;
}

/** A tape older than this is brought forward by whole months: nobody wants to play years to see tomorrow. */
const LONGEST_GAP_DAYS = 35;

/**
 * The night of the sandbox's own core: adopts what was imported, plays one day of payments, drafts, returns and misses, and
 * writes a file set as of `atMs`. The same seed, date and books give the same files.
 * @returns the folder of the set
 */
export async function dropNightlyFiles(core: SandboxCore, atMs: number): Promise<string> {
  const on = localDateAt(atMs, core.zone);
  const directory = join(core.directory, on);
  await openBook(core.pool);
  const { accounts, postings } = await inTransaction(core.pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(5204612)');
    const played = await playedNight(client, atMs);
    if (played !== null) return { accounts: await loadAccounts(client), postings: played };
    const adopted = await adoptPortfolio(client);
    const loaded = await loadAccounts(client);
    if (adopted) await takeOver(client, core, { accounts: loaded, on });
    const before = new Map(loaded.map((account) => [account.loan, JSON.stringify(account)]));
    const input = {
      on,
      zone: core.zone,
      seed: core.seed,
      accounts: loaded,
      taken: await takenPayments(client, atMs),
      returns: await loadReturns(client),
    };
    const night = playNight(input);
    await saveAccounts(
      client,
      adopted ? loaded : loaded.filter((account) => before.get(account.loan) !== JSON.stringify(account)),
    );
    await saveNight(client, { posted: night.booked, coming: night.coming, came: night.came });
    await rememberNight(client, atMs, night.postings);
    return { accounts: loaded, postings: night.postings };
  });
  await writeSet(directory, { asOf: new Date(atMs).toISOString(), on, accounts, postings });
  return directory;
}

async function takeOver(
  client: Parameters<typeof adoptPortfolio>[0],
  core: SandboxCore,
  taken: { accounts: (Account & { pastDueCents?: number })[]; on: string },
): Promise<void> {
  const { rows } = await client.query<{ snapshot_at: Date | null }>('select snapshot_at from core_feed');
  const snapshot = one(rows).snapshot_at;
  const toldOn = snapshot === null ? taken.on : localDateAt(snapshot.getTime(), core.zone);
  const gap = daysBetween(toldOn, taken.on);
  const months = gap > LONGEST_GAP_DAYS ? Math.round(gap / 30.44) : 0;
  for (const account of taken.accounts) {
    const said = account.pastDueCents ?? 0;
    delete account.pastDueCents;
    account.forgivenCents = 0;
    // What the tape calls past due holds; where instalments say more, somebody had paid part or had been forgiven.
    const missed = missedOn(account, toldOn);
    account.forgivenCents = Math.max(0, missed * account.paymentCents - account.unappliedCents - said);
    if (months === 0) continue;
    account.nextDueOn = addMonths(account.nextDueOn, months);
    if (account.nextDraftOn !== null) account.nextDraftOn = addMonths(account.nextDraftOn, months);
  }
}

const LOAN_COLUMNS = 'loan_number product branch status payment_amount next_due_on principal_balance interest_due late_fees_due unapplied_balance past_due_amount days_past_due last_payment_on last_payment_amount history_24 autopay next_draft_on charged_off_on charged_off_amount'.split(' '); // prettier-ignore
const TRANSACTION_COLUMNS = 'loan_number transaction_id posted_on amount code method return_code reference'.split(' ');

/** The set holds what changes at night; what it does not hold it does not speak of. The manifest comes last. */
async function writeSet(
  directory: string,
  set: { asOf: string; on: string; accounts: readonly Account[]; postings: readonly Posting[] },
): Promise<void> {
  // prettier-ignore
  const { on, accounts, postings } = set;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const loans = accounts.map((account) => loanLine(account, on));
  const transactions = postings.map((posting) => [posting.loan, posting.transactionId, posting.postedOn, dollars(posting.amountCents), posting.code, posting.method, posting.returnCode, posting.reference].join(',')); // prettier-ignore
  await writeFile(join(directory, 'loans.csv'), `${[LOAN_COLUMNS.join(','), ...loans].join('\n')}\n`);
  await writeFile(
    join(directory, 'transactions.csv'),
    `${[TRANSACTION_COLUMNS.join(','), ...transactions].join('\n')}\n`,
  );
  const sums = {
    principal: dollars(accounts.reduce((sum, account) => sum + account.principalCents, 0)),
    past_due: dollars(accounts.reduce((sum, account) => sum + pastDueOn(account, on), 0)),
  };
  const files = [
    { name: 'loans.csv', table: 'loans', rows: loans.length, sums },
    { name: 'transactions.csv', table: 'transactions', rows: transactions.length },
  ];
  const manifest = join(directory, 'manifest.json');
  await writeFile(`${manifest}.part`, `${JSON.stringify({ asOf: set.asOf, kind: 'all-loans', files }, null, 2)}\n`);
  await rename(`${manifest}.part`, manifest);
}

function loanLine(account: Account, on: string): string {
  const days = daysLateOn(account, on);
  const interest = Math.round(((account.principalCents * account.rate) / 36_500) * (days + 15));
  return [
    account.loan,
    account.product,
    account.branch,
    account.status,
    dollars(account.paymentCents),
    account.nextDueOn,
    dollars(account.principalCents),
    dollars(interest),
    dollars(account.lateFeesCents),
    dollars(account.unappliedCents),
    dollars(pastDueOn(account, on)),
    String(days),
    account.lastPaymentOn ?? '',
    account.lastPaymentCents === null ? '' : dollars(account.lastPaymentCents),
    account.history,
    yesNo(account.autopay),
    account.nextDraftOn ?? '',
    account.chargedOffOn ?? '',
    account.chargedOffCents === null ? '' : dollars(account.chargedOffCents),
  ].join(',');
}
