import { addDays } from '../../domain/calendar/days.ts';
import type { LoanFilter } from '../../api/schemas/loans.ts';
import { maySee, maySeeEach } from '../sight.ts';
import { dueDatesOf } from './bucket.ts';
import type { Look } from './moment.ts';
import type { Values } from './prepared.ts';

/** SQL of what happened on the lender's day. */
export function duringToday(column: string, look: Look, values: Values): string {
  return `${column} >= ${values.next(look.dayStart)} and ${column} < ${values.next(look.dayEnd)}`;
}

/** What a contact came to: how its message fared, or how the call went. */
export const CONTACT_OUTCOME = `coalesce((select s.status from send s where s.id = k.send_id), k.outcome, 'made')`;

/** Loans under a hold that stands, whether it names the loan or a person on it. */
export function heldLoans(reason: string | null): string {
  const only = reason === null ? '' : `and h.reason = ${reason}`;
  return `select h.loan_id from hold h where h.lifted_at is null and h.loan_id is not null ${only}
    union select r.loan_id from hold h join loan_role r on r.person_id = h.person_id where h.lifted_at is null and h.loan_id is null ${only}`;
}

/**
 * The conditions on a loan `l` that a filter means, sight included. Each condition on another table is a list of loan ids,
 * so that the planner may start from the rarer side.
 */
export function loanConditions(filter: LoanFilter, look: Look, values: Values, reads: 'page' | 'all'): string[] {
  const [named, own] = [values.next(look.viewer.opensEmployeeLoans), values.next(look.viewer.customerNumber)];
  const first = Number(named.slice(1));
  const conditions = [reads === 'page' ? maySeeEach(first) : maySee(first)];
  if (own !== `$${Number(named.slice(1)) + 1}`) throw new Error('sight takes two parameters in a row');
  const today = (): string => values.next(look.today);
  const add = (condition: string): void => void conditions.push(condition);
  const pastDue = filter.bucket !== undefined || filter.pastDue === 'yes';

  if (pastDue) add(`l.status = 'active' and l.past_due_cents > 0`);
  if (filter.pastDue === 'no') add('l.past_due_cents <= 0');
  if (filter.bucket !== undefined) {
    const { oldest, newest } = dueDatesOf(filter.bucket, look.today);
    add(`l.next_due_on <= ${values.next(newest)}`);
    if (oldest !== null) add(`l.next_due_on >= ${values.next(oldest)}`);
  }
  if (filter.product !== undefined) add(`l.product = ${values.next(filter.product)}`);
  if (filter.status !== undefined) add(`l.status = ${values.next(filter.status)}`);
  if (filter.collector !== undefined) add(`l.collector = ${values.next(filter.collector)}`);
  if (filter.branch !== undefined) add(`l.branch_id = ${values.next(filter.branch)}`);
  addCaseConditions(filter, values, add, today);
  if (filter.hold !== undefined) add(`l.id in (${heldLoans(filter.hold === 'any' ? null : values.next(filter.hold))})`);
  if (filter.promise !== undefined) add(`l.id in (${promises(filter.promise, look, values)})`);
  if (filter.payment === 'pending') add(`l.id in (select loan_id from payment where state = 'pending')`);
  if (filter.contactedToday !== undefined) {
    const outcome = filter.outcome === undefined ? '' : `and ${CONTACT_OUTCOME} = ${values.next(filter.outcome)}`;
    add(`l.id in (select unnest(k.loan_ids) from contact k where ${duringToday('k.at', look, values)}
      and k.direction = 'out' and k.channel = ${values.next(filter.contactedToday)} ${outcome})`);
  }
  if (filter.refusedToday !== undefined) {
    add(`l.id in (select d.loan_id from decision d where ${duringToday('d.at', look, values)}
      and d.decision <> 'allow' and d.primary_rule = ${values.next(filter.refusedToday)})`);
  }
  if (filter.sends === 'unconfirmed') {
    add(`l.id in (select i.loan_id from send s join send_item i on i.send_id = s.id where s.status = 'unconfirmed')`);
  }
  if (filter.search !== undefined && filter.search !== '') add(searchCondition(filter.search, values));
  return conditions;
}

function addCaseConditions(
  filter: LoanFilter,
  values: Values,
  add: (condition: string) => void,
  today: () => string,
): void {
  const open = `select c.loan_id from collection_case c where c.status = 'open'`;
  if (filter.caseStatus === 'none') add(`l.id not in (${open})`);
  if (filter.caseStatus === 'open') add(`l.id in (${open})`);
  if (filter.caseStatus === 'closed-today')
    add(
      `l.id in (select c.loan_id from collection_case c where c.status = 'closed' and c.closed_on = ${today()}::date)`,
    );
  if (filter.policy !== undefined) add(`l.id in (${open} and c.policy = ${values.next(filter.policy)})`);
  if (filter.step !== undefined)
    add(
      filter.step === 'none'
        ? `l.id in (${open} and c.step is null)`
        : `l.id in (${open} and c.step = ${values.next(filter.step)})`,
    );
}

function promises(which: NonNullable<LoanFilter['promise']>, look: Look, values: Values): string {
  switch (which) {
    case 'open':
      return `select loan_id from promise where state in ('open', 'provisional', 'proposed')`;
    case 'due-today':
      return `select loan_id from promise where state in ('open', 'provisional', 'proposed') and due_on = ${values.next(look.today)}`;
    case 'due-tomorrow':
      return `select loan_id from promise where state in ('open', 'provisional', 'proposed') and due_on = ${values.next(addDays(look.today, 1))}`;
    case 'broken-today':
    case 'kept-today': {
      const state = which === 'broken-today' ? 'broken' : 'kept';
      return `select loan_id from promise where state = '${state}' and ${duringToday('decided_at', look, values)}`;
    }
  }
}

/** A loan number's start, a name's start, a telephone number or a mailbox. Prefixes only, so that an index answers. */
function searchCondition(search: string, values: Values): string {
  const digits = search.replaceAll(/\D/g, '');
  if (search.includes('@')) {
    return `l.id in (${loansOfAddress(`a.kind = 'mailbox' and a.value = ${values.next(search.toLowerCase())}`)})`;
  }
  const conditions = [`l.loan_number like ${values.next(`${escapeLike(search)}%`)}`];
  if (/^[+\d\s().-]+$/.test(search) && (digits.length === 10 || digits.length === 11)) {
    conditions.push(
      `l.id in (${loansOfAddress(`a.kind = 'phone' and a.value = ${values.next(`+1${digits.slice(-10)}`)}`)})`,
    );
  }
  const [last = '', first] = search
    .toLowerCase()
    .split(',', 2)
    .map((part) => part.trim());
  if (/\p{L}/u.test(last)) {
    const firstName =
      first === undefined || first === '' ? '' : `and lower(p.first_name) like ${values.next(`${escapeLike(first)}%`)}`;
    conditions.push(`l.id in (select r.loan_id from person p join loan_role r on r.person_id = p.id
      where lower(p.last_name) like ${values.next(`${escapeLike(last)}%`)} ${firstName})`);
  }
  return `(${conditions.join(' or ')})`;
}

function loansOfAddress(condition: string): string {
  return `select r.loan_id from address a join person_address pa on pa.address_id = a.id join loan_role r on r.person_id = pa.person_id where ${condition}`;
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (each) => `\\${each}`);
}
