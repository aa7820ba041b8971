import type { CasePage } from '../../../../api/schemas/cases.ts';
import type { Payer } from './fields.tsx';

/** What an action needs to know of the account that it acts on. */
export interface Account {
  loanId: string;
  askCents: number;
  people: (Payer & { phones: string[] })[];
  today: string;
  /** The open call task, if there is one. */
  callItemId: string | null;
  /** Whom the call task names. */
  callPersonId: string | null;
}

export interface ActionProps {
  account: Account;
  onClose: () => void;
}

export const actionNames = ['payment', 'promise', 'hold', 'note', 'call'] as const;
export type ActionName = (typeof actionNames)[number];

/** The business date in the lender's zone. */
export function businessDate(instant: string, zone: string): string {
  return new Date(instant).toLocaleDateString('sv-SE', { timeZone: zone });
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function accountOf(page: CasePage, zone: string): Account {
  const call = page.work.find((item) => item.kind === 'call');
  return {
    loanId: page.loan.id,
    askCents: page.balances.askCents,
    people: page.people.map(({ id, name, contactPoints }) => ({
      id,
      name,
      // A masked number cannot be named to the server; with one number there is nothing to name.
      phones: contactPoints.filter((point) => point.kind === 'phone' && !point.masked).map((point) => point.value),
    })),
    today: businessDate(page.businessNow, zone),
    callItemId: call?.id ?? null,
    callPersonId: call?.person?.id ?? null,
  };
}
