import type { ImportContext } from './context.ts';
import { count, endOf, literal, startOf } from './context.ts';
import { counted } from './merge-table.ts';
import type { TableCount } from './sets.ts';

type Stage = 'phones' | 'emails';
const stagesOf = (context: ImportContext): Stage[] =>
  (['phones', 'emails'] as const).filter((stage) => context.staged.has(stage));
const KIND: Readonly<Record<Stage, 'phone' | 'mailbox'>> = { phones: 'phone', emails: 'mailbox' };

/**
 * What a line says of the number itself, whoever it belongs to: the latest of each. Several persons may have it; a stop is
 * a stop, so every line counts, also those that cannot be taken.
 */
function saidOfAddress(context: ImportContext, stage: Stage): string {
  const from = `from import_stage.${stage} where set_id = ${context.setId} and value is not null group by value`;
  if (stage === 'emails') {
    return `select value, null::text as line_type, max(opted_out_on) as opted_out_on, null::date as wrong_number_on, null::date as verified_on,
                   null::date as last_inbound_on, max(bounced_on) as bounced_on, bool_or(taken) as taken ${from}`;
  }
  return `select value, min(case type when 'mobile' then 'mobile' when 'landline' then 'landline' end) as line_type, max(opted_out_on) as opted_out_on,
                 max(wrong_number_on) as wrong_number_on, max(verified_on) filter (where taken) as verified_on,
                 max(last_inbound_on) filter (where taken) as last_inbound_on, null::date as bounced_on, bool_or(taken) as taken ${from}`;
}

// A stop never goes back: not by an empty cell, not by an older date, and not where the consumer came back since.
function addressColumns(context: ImportContext, mode: 'stops' | 'all'): readonly (readonly [string, string])[] {
  const outAt = endOf(context, 's.opted_out_on');
  const stopsOnly = mode === 'stops';
  return [
    ['opted_out_at', `case when s.opted_out_on is not null and (a.opted_in_at is null or ${outAt} > a.opted_in_at) then greatest(a.opted_out_at, ${outAt}) else a.opted_out_at end`],
    ['opted_out_source', `case when s.opted_out_on is not null and a.opted_out_at is null and (a.opted_in_at is null or ${outAt} > a.opted_in_at) then 'core' else a.opted_out_source end`],
    ['wrong_number_at', `greatest(a.wrong_number_at, ${endOf(context, 's.wrong_number_on')})`],
    ['bad_since', `coalesce(a.bad_since, ${startOf(context, 's.bounced_on')})`],
    ['bad_reason', `coalesce(a.bad_reason, case when s.bounced_on is not null then 'bounced' end)`],
    ...(stopsOnly
      ? []
      : ([
          ['line_type', 'coalesce(s.line_type, a.line_type)'],
          ['verified_at', `greatest(a.verified_at, ${startOf(context, 's.verified_on')})`],
          ['last_inbound_at', `greatest(a.last_inbound_at, ${startOf(context, 's.last_inbound_on')})`],
        ] as const)),
  ]; // prettier-ignore
}

/** Numbers and mailboxes that nobody had yet, with what is said of them. A stop from a stranger binds the number too. */
export async function insertAddresses(context: ImportContext, mode: 'stops' | 'all'): Promise<number> {
  let inserted = 0;
  const columns = addressColumns(context, mode);
  const values = columns.map(([, value]) => value.replaceAll(/\ba\.\w+/g, 'null'));
  const wanted = mode === 'all' ? '(s.taken or s.opted_out_on is not null or s.wrong_number_on is not null)' : '(s.opted_out_on is not null or s.wrong_number_on is not null)'; // prettier-ignore
  for (const stage of stagesOf(context)) {
    inserted += await count(
      context,
      `insert into address (kind, value, ${columns.map(([name]) => name).join(', ')}, actor)
       select '${KIND[stage]}', s.value, ${values.join(', ')}, ${literal(context.actor)} from (${saidOfAddress(context, stage)}) s
       where ${wanted} and not exists (select 1 from address a where a.kind = '${KIND[stage]}' and a.value = s.value)
       on conflict do nothing`,
    );
  }
  return inserted;
}

/** Finds known addresses of which a set says something new, for their locks; `updateAddresses` writes what was found. */
export async function findAddressChanges(context: ImportContext, mode: 'stops' | 'all'): Promise<string[]> {
  const columns = addressColumns(context, mode);
  const ids: string[] = [];
  for (const stage of stagesOf(context)) {
    await context.client.query(
      `create temp table import_diff_address_${stage} on commit drop as
       select a.id, a.value, ${columns.map(([name, value]) => `a.${name} as was_${name}, ${value} as ${name}`).join(', ')}
       from (${saidOfAddress(context, stage)}) s join address a on a.kind = '${KIND[stage]}' and a.value = s.value
       where (${columns.map(([, value]) => value).join(', ')}) is distinct from (${columns.map(([name]) => `a.${name}`).join(', ')})`,
    );
    const { rows } = await context.client.query<{ id: string }>(`select id from import_diff_address_${stage}`);
    ids.push(...rows.map((row) => row.id));
  }
  return ids;
}

/**
 * Writes what is said of numbers and mailboxes themselves. The caller holds their locks; what changed between finding and
 * locking is seen here, as every expression is taken of the row as it now is.
 */
export async function updateAddresses(context: ImportContext, mode: 'stops' | 'all'): Promise<number> {
  const columns = addressColumns(context, mode);
  let changed = 0;
  for (const stage of stagesOf(context)) {
    const { rowCount } = await context.client.query(`select 1 from import_diff_address_${stage} limit 1`);
    if (rowCount === 0) continue;
    await context.client.query(
      `insert into import_change (set_id, file_no, row_no, table_name, row_key, field, was, became, at, actor)
       select ${context.setId}, coalesce(w.file_no, 0), coalesce(w.row_no, 0), 'address', d.value, v.field, v.was, v.became, ${literal(context.asOf)}, ${literal(context.actor)}
       from import_diff_address_${stage} d
       left join lateral (select file_no, row_no from import_stage.${stage} p where p.set_id = ${context.setId} and p.value = d.value order by file_no, row_no limit 1) w on true
       cross join lateral (values ${columns.map(([name]) => `(${literal(name)}, to_jsonb(d.was_${name}), to_jsonb(d.${name}))`).join(', ')}) v (field, was, became)
       where v.was is distinct from v.became`,
    );
    changed += await count(
      context,
      `update address a set ${columns.map(([name, value]) => `${name} = ${value}`).join(', ')}
       from (${saidOfAddress(context, stage)}) s where a.kind = '${KIND[stage]}' and a.value = s.value and a.id in (select id from import_diff_address_${stage})`,
    );
  }
  return changed;
}

/** `consented` null: the core does not say. */
function linkSource(context: ImportContext, stage: Stage): string {
  const said =
    stage === 'phones'
      ? `s.type, s.sms_consent as consented, s.sms_consent_on as consent_on, s.consent_source, case when s.consent_source = 'skip-trace' then 'skip-trace' else 'consumer' end as consent_by,
         s.call_consent, ${startOf(context, 's.call_consent_on')} as call_consent_at, null::timestamptz as esign_consent_at,
         case s.type when 'mobile' then 0 when 'landline' then 1 else 2 end as rank`
      : `'email' as type, case when s.consent_on is not null or s.source is not null then true end as consented, s.consent_on, s.source as consent_source,
         case when s.source in ('skip-trace', 'found', 'vendor') then 'skip-trace' when s.consent_on is not null or s.source in ('application', 'web', 'text', 'call', 'branch', 'consumer', 'statement') then 'consumer' end as consent_by,
         null::boolean as call_consent, null::timestamptz as call_consent_at, ${startOf(context, 's.esign_consent_on')} as esign_consent_at, 3 as rank`;
  return `select p.id as person_id, a.id as address_id, s.file_no, s.row_no, s.customer_number || '|' || s.value as row_key, ${said}
          from import_stage.${stage} s
          join person p on p.customer_number = s.customer_number
          join address a on a.kind = '${KIND[stage]}' and a.value = s.value
          where s.set_id = ${context.setId} and s.taken`;
}

// Consent that the consumer gave us stays until the core's own word changes; an explicit no always counts then.
const LINK_COLUMNS: readonly (readonly [string, string])[] = [
  ['type', 's.type'],
  ['rank', 's.rank'],
  ['consent_by', `case when not spoke then t.consent_by when s.consented then s.consent_by when s.consented is false or kept_no_newer then null else t.consent_by end`],
  ['consent_at', `case when not spoke then t.consent_at when s.consented then greatest(consent_start, case when t.consent_source = 'text' then t.consent_at end) when s.consented is false or kept_no_newer then null else t.consent_at end`],
  ['consent_source', `case when not spoke then t.consent_source when s.consented then coalesce(s.consent_source, t.consent_source) when s.consented is false or kept_no_newer then null else t.consent_source end`],
  ['call_consent', 'coalesce(s.call_consent, t.call_consent)'],
  ['call_consent_at', 'coalesce(s.call_consent_at, t.call_consent_at)'],
  ['esign_consent_at', 'coalesce(s.esign_consent_at, t.esign_consent_at)'],
  ['core_consent', 's.consented'],
  ['core_consent_on', 's.consent_on'],
]; // prettier-ignore

function linkDiff(context: ImportContext, stage: Stage): string {
  return `select s.*, t.person_id is null as is_new, ${LINK_COLUMNS.map(([name, value]) => `${value} as new_${name}, t.${name} as was_${name}`).join(', ')}
          from (${linkSource(context, stage)}) s left join person_address t on t.person_id = s.person_id and t.address_id = s.address_id
          cross join lateral (select (s.consented, s.consent_on) is distinct from (t.core_consent, t.core_consent_on) as spoke, ${startOf(context, 's.consent_on')} as consent_start,
            coalesce(t.consent_at <= ${startOf(context, 't.core_consent_on')}, t.consent_source is distinct from 'text') as kept_no_newer) k`;
}

const isDifferent = `(${LINK_COLUMNS.map(([name]) => `new_${name}`).join(', ')}) is distinct from (${LINK_COLUMNS.map(([name]) => `was_${name}`).join(', ')})`;

/** Finds ties of persons to addresses that change or are new, for their locks; `mergeLinks` writes what was found. */
export async function findLinkChanges(context: ImportContext): Promise<{ personIds: string[]; addressIds: string[] }> {
  const personIds: string[] = [];
  const addressIds: string[] = [];
  for (const stage of stagesOf(context)) {
    await context.client.query(
      `create temp table import_diff_link_${stage} on commit drop as select * from (${linkDiff(context, stage)}) d where is_new or ${isDifferent}`,
    );
    const { rows } = await context.client.query<{ person_id: string; address_id: string }>(
      `select person_id, address_id from import_diff_link_${stage}`,
    );
    personIds.push(...rows.map((row) => row.person_id));
    addressIds.push(...rows.map((row) => row.address_id));
  }
  return { personIds, addressIds };
}

/**
 * Ties persons to their numbers and mailboxes, with the consents.
 * @param newcomers whether persons or addresses have come since the ties were looked for: then they are looked for again
 */
export async function mergeLinks(context: ImportContext, stage: Stage, newcomers: boolean): Promise<TableCount> {
  if (!context.staged.has(stage)) return { inserted: 0, changed: 0, unchanged: 0 };
  const told = LINK_COLUMNS.filter(([name]) => !name.startsWith('core_') && name !== 'rank');
  const diff = `import_diff_link_${stage}`;
  await context.client.query(
    `insert into import_change (set_id, file_no, row_no, table_name, row_key, person_id, field, was, became, at, actor)
     select ${context.setId}, d.file_no, d.row_no, 'person_address', d.row_key, d.person_id, v.field, v.was, v.became, ${literal(context.asOf)}, ${literal(context.actor)}
     from ${diff} d cross join lateral (values ${told.map(([name]) => `(${literal(name)}, to_jsonb(d.was_${name}), to_jsonb(d.new_${name}))`).join(', ')}) v (field, was, became)
     where v.was is distinct from v.became`,
  );
  const changed = await count(
    context,
    `update person_address t set ${LINK_COLUMNS.map(([name]) => `${name} = d.new_${name}`).join(', ')}
     from ${diff} d where not d.is_new and t.person_id = d.person_id and t.address_id = d.address_id`,
  );
  const inserted = await count(
    context,
    `insert into person_address (person_id, address_id, type, rank, consent_by, consent_at, consent_source, call_consent, call_consent_at, esign_consent_at, core_consent, core_consent_on, actor)
     select s.person_id, s.address_id, s.type, s.rank, case when s.consented then s.consent_by end, case when s.consented then ${startOf(context, 's.consent_on')} end,
            case when s.consented then s.consent_source end, s.call_consent, s.call_consent_at, s.esign_consent_at, s.consented, s.consent_on, ${literal(context.actor)}
     from ${newcomers ? `(${linkSource(context, stage)}) s left join person_address t on t.person_id = s.person_id and t.address_id = s.address_id where t.person_id is null` : `${diff} s where is_new`}`,
  );
  return counted(context, stage, { inserted, changed });
}

/** Statement of its own before anything is written: addresses first, then persons, each by id (prisma/locks.ts). */
export async function lockTouched(
  context: ImportContext,
  touched: { addressIds: readonly string[]; personIds: readonly string[] },
): Promise<void> {
  // prettier-ignore
  const { client } = context;
  if (touched.addressIds.length > 0) await client.query('select 1 from address where id = any($1::uuid[]) order by id for update', [touched.addressIds]); // prettier-ignore
  if (touched.personIds.length > 0) await client.query('select 1 from person where id = any($1::uuid[]) order by id for update', [touched.personIds]); // prettier-ignore
}
