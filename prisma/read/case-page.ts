import type { CasePage } from '../../api/schemas/cases.ts';
import type { Pool } from '../pool.ts';
import { readAccount, readCases, readStepsDone } from './account.ts';
import { readHolds, readPayments, readPinnedNotes, readPromises } from './agreements.ts';
import { channelsNow } from './channels.ts';
import { isOpen, opensAt } from './hours.ts';
import type { Look } from './moment.ts';
import { readPeople } from './people.ts';
import { zonesOf } from './zones-of.ts';
import { readLoanWork } from './work.ts';

/** Everything of one account but its timeline. Null when there is no such loan. Sight has been decided by the caller. */
export async function readCasePage(
  pool: Pool,
  loanId: string,
  look: Look,
  who: { me: string; unmasked: boolean },
): Promise<CasePage | null> {
  const account = await readAccount(pool, loanId, look);
  if (account === null) return null;
  const [cases, people, payments, promises, holds, work, pinnedNotes, stepsDone, channels, zones] = await Promise.all([
    readCases(pool, loanId, look),
    readPeople(pool, loanId, { viewer: look.viewer, unmasked: who.unmasked }),
    readPayments(pool, loanId),
    readPromises(pool, loanId),
    readHolds(pool, loanId, look.today),
    readLoanWork(pool, loanId, look, who.me),
    readPinnedNotes(pool, loanId),
    readStepsDone(pool, loanId),
    channelsNow(pool, loanId, look.nowMs),
    zonesOf(pool, loanId, look.zone),
  ]);
  return {
    businessNow: new Date(look.nowMs).toISOString(),
    ...account,
    ...cases,
    people: people.map((person) => ({
      ...person,
      localTime: localTime(zones.get(person.id) ?? [look.zone], look.nowMs),
    })),
    channels,
    payments,
    promises,
    holds,
    work,
    pinnedNotes,
    stepsDone,
  };
}

function localTime(zones: readonly string[], nowMs: number): CasePage['people'][number]['localTime'] {
  const opens = opensAt(nowMs, zones);
  return {
    zones: [...zones],
    openNow: isOpen(nowMs, zones),
    opensAt: opens === null ? null : new Date(opens).toISOString(),
  };
}
