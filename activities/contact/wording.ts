import { localDateAt } from '../../domain/calendar/zones.ts';
import { formatCents } from '../../domain/money.ts';
import { bodyHashOf } from '../../channels/text-messenger.ts';
import type { Queryable } from '../../prisma/pool.ts';
import { one } from '../../prisma/pool.ts';
import { findTemplate } from '../../templates/catalog.ts';
import { renderTemplate } from '../../templates/render.ts';
import type { Language, RenderedMessage } from '../../templates/render.ts';
import { businessNowMs } from '../business-time.ts';
import type { ActivityDeps } from '../deps.ts';
import type { Destination } from './addresses.ts';
import { isShared } from './shared-phone.ts';
import { letterVariables } from './letter-facts.ts';
import type { SendChannel } from '../../prisma/sends.ts';

/** A message with what is needed to write its send row. */
export interface Wording extends RenderedMessage {
  bodyHash: string;
}

interface PersonRow {
  first_name: string;
  last_name: string;
  language: Language;
  texted_before: boolean;
}
interface LoanRow {
  id: string;
  loan_number: string;
  past_due_cents: number;
  pending_cents: number;
  core_as_of: Date | null;
}

/**
 * Words a collection message inside the claim, so that every amount is the ledger's at that moment, with its as-of date.
 * What is pending lowers what we ask for. The first text to a person carries no link and no amount, and no text to a phone
 * that two persons share does (cadences.md §1).
 * A letter is worded here too and set as PDF when it is released (prisma/print-queue.ts).
 */
export async function wordMessage(
  deps: Pick<ActivityDeps, 'lender' | 'clock'>,
  db: Queryable,
  about: {
    personId: string;
    loanIds: readonly string[];
    channel: SendChannel;
    template: string;
    destination: Destination;
    payLink: string;
    extra?: Record<string, string>;
  },
): Promise<Wording> {
  const person = one(
    (
      await db.query<PersonRow>(
        `select first_name, last_name, language,
           exists (select 1 from contact where person_id = p.id and channel = 'sms' and direction = 'out') as texted_before
         from person p where id = $1`,
        [about.personId],
      )
    ).rows,
  );
  const { rows: loans } = await db.query<LoanRow>(
    `select l.id, l.loan_number, l.past_due_cents, l.core_as_of,
       coalesce((select sum(amount_cents) from payment where loan_id = l.id and state = 'pending'), 0) as pending_cents
     from loan l where l.id = any($1::uuid[]) order by l.loan_number`,
    [about.loanIds],
  );
  const first = one(loans);
  const due = (loan: LoanRow): string => formatCents(Math.max(loan.past_due_cents - Number(loan.pending_cents), 0));
  const asOf = first.core_as_of ?? new Date(0);
  const isPlainText =
    about.channel === 'sms' && (!person.texted_before || (await isShared(db, about.destination.addressId)));
  const id = isPlainText ? 'first-text' : loans.length > 1 ? 'several-loans' : about.template;
  const entry = findTemplate(id, about.channel) ?? findTemplate(about.template, about.channel);
  const wished = await languageFor(db, person.language);
  // A template without a Spanish text is English throughout, its dates too.
  const language = entry?.languages.includes(wished) === true ? wished : 'en';
  const locale = language === 'es' ? 'es-US' : 'en-US';
  const today = about.channel === 'letter' ? localDateAt(await businessNowMs(deps, db), deps.lender.zone) : null;
  const rendered = renderTemplate(entry?.id ?? about.template, about.channel, language, {
    firstName: person.first_name,
    lenderName: deps.lender.name,
    lenderPhone: displayPhone(deps.lender.phone),
    lenderEmail: deps.lender.email,
    openingHours: deps.lender.openingHours,
    payLink: about.payLink,
    stopLink: `${deps.lender.publicUrl}/stop`,
    loanLast4: first.loan_number.slice(-4),
    loanCount: String(loans.length),
    amountDue: due(first),
    loanList: loans.map((loan) => `${loan.loan_number.slice(-4)}: ${due(loan)}`).join('\n'),
    asOf: longDates(locale, deps.lender.zone).format(asOf),
    ...(today === null
      ? {}
      : {
          personName: `${person.first_name} ${person.last_name}`,
          lenderAddress: deps.lender.address,
          ...(await letterVariables(db, { loanId: first.id, personId: about.personId, today, language })),
        }),
    ...about.extra,
  });
  return { ...rendered, bodyHash: bodyHashOf(rendered.text) };
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Dates as a letter writes them. Making a format takes fifteen times as long as using it. */
function longDates(locale: 'en-US' | 'es-US', timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone });
  dateFormats.set(key, format);
  return format;
}

/** Spanish only once the lender says that it answers in Spanish: a message nobody can follow up misleads. */
export async function languageFor(db: Queryable, wished: Language): Promise<Language> {
  if (wished === 'en') return 'en';
  const { rows } = await db.query<{ value: unknown }>(
    `select value from lender_setting where key = 'answersInSpanish'`,
  );
  return rows[0]?.value === true ? 'es' : 'en';
}

/** `+12025550100` as `202-555-0100`: how people read a number. */
export function displayPhone(e164: string): string {
  const match = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  return match === null ? e164 : `${match[1]}-${match[2]}-${match[3]}`;
}
