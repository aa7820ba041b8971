import { mailBy } from '../../channels/letters/mailing.ts';
import { longDate } from '../../channels/letters/letter-pdf.ts';
import { addDays } from '../../domain/calendar/days.ts';
import type { LocalDate } from '../../domain/calendar/days.ts';
import { cureLastDayOn, stricterOn } from '../../domain/clocks/cure.ts';
import { cureStateRow } from '../../domain/clocks/cure-states.ts';
import type { CureRepeat, CureStateRow } from '../../domain/clocks/cure-states.ts';
import { one } from '../../prisma/pool.ts';
import type { Queryable } from '../../prisma/pool.ts';

interface LetterRow {
  product: string;
  next_due_on: string;
  governing_state: string | null;
  home_state: string | null;
  property: string | null;
}

/** Days to answer a letter whose deadline no law sets, after the last day of mailing. Bank policy. */
const ANSWER_DAYS = 10;
/** A breach letter gives 30 days from its mailing (rules.md breach-30; uniform instruments §22). */
const BREACH_DAYS = 30;

const KINDS: Readonly<Record<string, string>> = {
  auto: 'auto loan',
  rv: 'recreational vehicle loan',
  boat: 'boat loan',
  mortgage: 'home loan',
  heloc: 'home equity line of credit',
  'home-equity-closed-end': 'home equity loan',
  personal: 'personal loan',
  card: 'credit card account',
  overdraft: 'overdrawn account',
  commercial: 'business loan',
  'manufactured-home': 'manufactured home loan',
};

/**
 * What only letters say: the dates that a law or a contract sets, counted from the last day on which the letter may be
 * mailed. `today` is the lender's date at the claim.
 */
export async function letterVariables(
  db: Queryable,
  about: { loanId: string; personId: string; today: LocalDate; language: 'en' | 'es' },
): Promise<Record<string, string>> {
  const loan = one(
    (
      await db.query<LetterRow>(
        `select l.product, l.next_due_on, l.governing_state, coalesce(b.residence_state, b.mailing_state) as home_state,
           (select concat_ws(', ', c.property_line1, c.property_city, concat_ws(' ', c.property_state, c.property_zip)) from collateral c
            where c.loan_id = l.id and c.kind = 'property' and c.property_line1 is not null order by c.identity limit 1) as property
         from loan l left join lateral (
           select p.residence_state, p.mailing_state from loan_role r join person p on p.id = r.person_id
           where r.loan_id = l.id and r.role = 'borrower' order by p.customer_number limit 1) b on true
         where l.id = $1`,
        [about.loanId],
      )
    ).rows,
  );
  const spell = (date: LocalDate): string => longDate(date, about.language);
  const mailed = mailBy(about.today);
  const rows = [...new Set([loan.governing_state, loan.home_state])].flatMap((state) =>
    state === null ? [] : [cureStateRow(state)],
  );
  const cure = cureDates(rows, { mailed, homestead: loan.product === 'mortgage' });
  return {
    loanKind: KINDS[loan.product] ?? 'loan',
    oldestDueOn: spell(loan.next_due_on),
    thirtyDaysOn: spell(addDays(loan.next_due_on, 30)),
    payBy: spell(addDays(mailed, ANSWER_DAYS)),
    breachBy: spell(addDays(mailed, BREACH_DAYS)),
    propertyAddress: loan.property ?? 'as described in your security instrument',
    cureBy: cure === null ? '' : spell(cure.lastDayOn),
    cureLaw: cure?.law ?? '',
    lateAgainMonths: cure?.lateAgainMonths ?? '',
  };
}

/** The later date of the states concerned governs; a state without a row leaves the date empty, and the letter is not worded. */
function cureDates(
  rows: readonly (CureStateRow | null)[],
  about: { mailed: LocalDate; homestead: boolean },
): { lastDayOn: LocalDate; law: string; lateAgainMonths: string } | null {
  const known = rows.filter((row) => row !== null);
  const [first, ...others] = known.map((row) =>
    cureLastDayOn(
      row,
      { mailedOn: about.mailed, deliveredOn: null },
      { homesteadMortgage: about.homestead, mailGraceDays: 0 },
    ),
  );
  if (first === undefined || known.length < rows.length) return null;
  const months = known.map((row) => monthsWithoutNotice(row.repeat));
  return {
    lastDayOn: stricterOn([first, ...others]),
    law: known.map((row) => row.citation).join('; '),
    // Said only where every state concerned spares us the next notice for the same time.
    lateAgainMonths: new Set(months).size === 1 ? (months[0] ?? '') : '',
  };
}

function monthsWithoutNotice(repeat: CureRepeat): string | null {
  switch (repeat.kind) {
    case 'none-within-months':
      return String(repeat.months);
    case 'none-within-days':
      return repeat.days === 365 ? '12' : null;
    case 'none-after-cures':
    case 'none-after-notices-and-cures':
    case 'once-per-debt':
    case 'none-after-prior-defaults':
    case 'see-act':
      return null;
  }
}
