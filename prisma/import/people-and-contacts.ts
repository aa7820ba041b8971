import type { ImportContext } from './context.ts';
import { count, literal } from './context.ts';
import { counted } from './merge-table.ts';
import type { TableCount } from './sets.ts';

const NEW_ROLES = (context: ImportContext): string => `
  select l.id as loan_id, p.id as person_id, s.role, l.branch_id, l.portfolio_id
  from import_stage.loan_roles s join loan l on l.loan_number = s.loan_number join person p on p.customer_number = s.customer_number
  left join loan_role t on t.loan_id = l.id and t.person_id = p.id and t.role = s.role
  where s.set_id = ${context.setId} and s.taken and t.loan_id is null`;

/** Finds ties of known people to known loans that are new: those people's facts change, so they are locked. */
export async function findNewRoles(context: ImportContext): Promise<string[]> {
  await context.client.query(
    `create temp table import_new_role on commit drop as ${NEW_ROLES(context)}${context.staged.has('loan_roles') ? '' : ' limit 0'}`,
  );
  const { rows } = await context.client.query<{ person_id: string }>('select distinct person_id from import_new_role');
  return rows.map((row) => row.person_id);
}

/**
 * Ties people to loans. A role is there or not; nothing about it changes.
 * @param newcomers whether people or loans have come since the ties were looked for
 */
export async function mergeRoles(context: ImportContext, newcomers: boolean): Promise<TableCount> {
  if (!context.staged.has('loan_roles')) return { inserted: 0, changed: 0, unchanged: 0 };
  const inserted = await count(
    context,
    `insert into loan_role (loan_id, person_id, role, branch_id, portfolio_id, actor)
     select loan_id, person_id, role, branch_id, portfolio_id, ${literal(context.actor)} from ${newcomers ? `(${NEW_ROLES(context)}) r` : 'import_new_role'}`,
  );
  return counted(context, 'loan_roles', { inserted, changed: 0 });
}

/**
 * Takes in the contacts of the core, a dialler or a vendor. One that speaks of several loans counts for each and for the
 * person once. Without a customer it was with the borrower.
 */
export async function mergeContacts(context: ImportContext): Promise<TableCount> {
  if (!context.staged.has('contacts')) return { inserted: 0, changed: 0, unchanged: 0 };
  const said = `
    select 'core:' || md5(concat_ws('|', p.customer_number, extract(epoch from s.at), s.channel, coalesce(s.direction, 'out'), a.value, coalesce(s.letter_code, ''))) as source_key,
           min(s.at) as at, p.id as person_id, array_agg(distinct l.id) as loan_ids, min(s.channel) as channel, min(coalesce(s.direction, 'out')) as direction,
           min(s.outcome) as outcome, min(a.value) as address, min(s.letter_code) as letter_code, min(s.text) as text, min(coalesce(s.source, 'core')) as source,
           min(l.branch_id) as branch_id, bool_or(coalesce(k.type = 'work', false)) as at_work
    from import_stage.contacts s
    join loan l on l.loan_number = s.loan_number
    join lateral (
      select p.id, p.customer_number from person p
      where p.customer_number = coalesce(s.customer_number, (
        select min(q.customer_number) from loan_role r join person q on q.id = r.person_id where r.loan_id = l.id and r.role = 'borrower'))
    ) p on true
    cross join lateral (
      select case when s.channel in ('email', 'letter') then lower(coalesce(s.number_or_address, ''))
                  when regexp_replace(coalesce(s.number_or_address, ''), '\\D', '', 'g') ~ '^1?\\d{10}$' then '+1' || right(regexp_replace(s.number_or_address, '\\D', '', 'g'), 10)
                  else coalesce(s.number_or_address, '') end as value
    ) a
    left join address d on d.kind = 'phone' and d.value = a.value
    left join person_address k on k.person_id = p.id and k.address_id = d.id
    where s.set_id = ${context.setId} and s.taken
    group by 1, p.id`;
  const inserted = await count(
    context,
    `insert into contact (at, person_id, loan_ids, channel, direction, outcome, number_kind, address, letter_code, text, source, source_key, branch_id, actor)
     select at, person_id, loan_ids, channel, direction, outcome, case when at_work then 'other' else 'personal' end, nullif(address, ''), letter_code, text, source, source_key, branch_id, ${literal(context.actor)}
     from (${said}) s where not exists (select 1 from contact t where t.source_key = s.source_key)`,
  );
  const changed = await count(
    context,
    `update contact t set loan_ids = (select array_agg(distinct id order by id) from unnest(t.loan_ids || s.loan_ids) id), outcome = coalesce(s.outcome, t.outcome), text = coalesce(s.text, t.text)
     from (${said}) s where t.source_key = s.source_key
       and (not (t.loan_ids @> s.loan_ids) or coalesce(s.outcome, t.outcome) is distinct from t.outcome or coalesce(s.text, t.text) is distinct from t.text)`,
  );
  return counted(context, 'contacts', { inserted, changed });
}
