import type { Pool } from './pool.ts';

/** What can be asked back (contracts/tape.md): one object a line, in the order of time and then id. */
export const EXPORTS = ['contacts', 'decisions', 'payments', 'holds', 'cases', 'promises'] as const;
export type ExportName = (typeof EXPORTS)[number];

export interface ExportQuestion {
  name: ExportName;
  /** An instant: only what is of then or later. */
  since: string | null;
  loanNumber: string | null;
}

const iso = (column: string): string => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const date = (column: string): string => `${column}::text`;
// `to_jsonb` of a timestamp would carry the session's offset and its own precision; every instant is written alike.
const object = (fields: Readonly<Record<string, string>>): string =>
  `json_build_object(${Object.entries(fields).map(([name, value]) => `'${name}', ${value}`).join(', ')})`; // prettier-ignore

const CUSTOMER = (person: string): string => `(select customer_number from person where id = ${person})`;
const LOAN = (loan: string): string => `(select loan_number from loan where id = ${loan})`;

/** A row's object, its place in time, its id and how it is found by loan; `$1` since, `$2` loan number. */
const QUERIES: Readonly<Record<ExportName, string>> = {
  contacts: `
    select * from (
      select s.decided_at as time, s.id::text as id, ${object({
        id: 's.id',
        personId: 's.person_id',
        customerNumber: 'p.customer_number',
        loanNumbers: `coalesce(i.loans, c.loans, '{}')`,
        channel: 's.channel',
        to: 's.to_value',
        zones: 's.zones',
        state: 's.state_code',
        purpose: 's.purpose',
        template: 's.template',
        templateVersion: 's.template_version',
        policy: 'i.policy',
        policyVersion: 'i.policy_version',
        step: 'i.step',
        cycle: 'i.cycle::text',
        status: 's.status',
        decidedAt: iso('s.decided_at'),
        sentAt: iso('s.sent_at'),
        providerId: 's.provider_id',
        attempts: 's.attempt',
        outcome: 'coalesce(s.provider_status, c.outcome)',
        decisionId: 's.decision_id',
        language: 's.language',
      })}::text as line, coalesce(i.loans, c.loans, '{}') as loans
      from send s
      left join person p on p.id = s.person_id
      left join lateral (
        select array_agg(distinct l.loan_number order by l.loan_number) as loans, (array_agg(i.policy order by l.loan_number, i.family))[1] as policy,
               (array_agg(i.policy_version order by l.loan_number, i.family))[1] as policy_version, (array_agg(i.step order by l.loan_number, i.family))[1] as step,
               (array_agg(i.cycle order by l.loan_number, i.family))[1] as cycle
        from send_item i join loan l on l.id = i.loan_id where i.send_id = s.id
      ) i on true
      left join lateral (
        select k.outcome, (select array_agg(l.loan_number order by l.loan_number) from loan l where l.id = any(k.loan_ids)) as loans
        from contact k where k.send_id = s.id order by k.at, k.id limit 1
      ) c on true
      union all
      select k.at, k.id::text, ${object({
        id: 'k.id',
        personId: 'k.person_id',
        customerNumber: 'p.customer_number',
        loanNumbers: `coalesce(n.loans, '{}')`,
        channel: 'k.channel',
        to: 'k.address',
        zones: `'{}'::text[]`,
        state: 'null::text',
        purpose: 'k.purpose',
        template: 'coalesce(k.template, k.letter_code)',
        templateVersion: 'null::text',
        policy: 'null::text',
        policyVersion: 'null::int',
        step: 'null::text',
        cycle: 'null::text',
        status: `'sent'`,
        decidedAt: iso('k.at'),
        sentAt: iso('k.at'),
        providerId: 'null::text',
        attempts: '1',
        outcome: 'k.outcome',
        decisionId: 'null::text',
        language: 'p.language',
      })}::text, coalesce(n.loans, '{}')
      from contact k
      join person p on p.id = k.person_id
      left join lateral (select array_agg(l.loan_number order by l.loan_number) as loans from loan l where l.id = any(k.loan_ids)) n on true
      where k.send_id is null and k.direction = 'out'
    ) x where ($1::timestamptz is null or time >= $1) and ($2::text is null or loans @> array[$2]) order by time, id`,
  decisions: simple('decision d', 'd', {
    time: 'd.at',
    fields: {
      id: 'd.id',
      at: iso('d.at'),
      loanNumber: LOAN('d.loan_id'),
      customerNumber: CUSTOMER('d.person_id'),
      request: 'd.request',
      decision: 'd.decision',
      primaryRule: 'd.primary_rule',
      rules: 'd.rules',
      nextAllowedAt: iso('d.next_allowed_at'),
      rulesetVersion: 'd.ruleset_version',
      factsHash: 'd.facts_hash',
      override: 'd.override',
    },
  }),
  payments: simple('payment m', 'm', {
    time: 'm.received_at',
    fields: {
      id: 'm.id',
      traceId: 'm.trace_id',
      loanNumber: LOAN('m.loan_id'),
      customerNumber: CUSTOMER('m.person_id'),
      amountCents: 'm.amount_cents',
      method: 'm.method',
      receivedAt: iso('m.received_at'),
      state: 'm.state',
      settlesOn: date('m.settles_on'),
      transactionId: 'm.transaction_id',
      returnedAt: iso('m.returned_at'),
      returnCode: 'm.return_code',
      source: 'm.source',
    },
  }),
  holds: simple('hold h', 'h', {
    time: 'h.placed_at',
    fields: {
      id: 'h.id',
      loanNumber: LOAN('h.loan_id'),
      customerNumber: CUSTOMER('h.person_id'),
      reason: 'h.reason',
      scope: 'h.scope',
      source: 'h.source',
      owner: 'h.owner',
      placedAt: iso('h.placed_at'),
      reviewOn: date('h.review_on'),
      untilOn: date('h.until_on'),
      liftedAt: iso('h.lifted_at'),
      liftedBy: 'h.lifted_by',
      note: 'h.note',
    },
  }),
  cases: simple('collection_case c', 'c', {
    time: 'c.opened_at',
    fields: {
      id: 'c.id',
      loanNumber: LOAN('c.loan_id'),
      status: 'c.status',
      openedOn: date('c.opened_on'),
      closedOn: date('c.closed_on'),
      closeReason: 'c.close_reason',
      policy: 'c.policy',
      policyVersion: 'c.policy_version',
      arm: 'c.arm',
      step: 'coalesce(c.step, c.next_step)',
      nextWakeAt: iso('c.next_wake_at'),
      holds: `(select coalesce(json_agg(distinct h.reason order by h.reason), '[]') from hold h where h.lifted_at is null
               and (h.loan_id = c.loan_id or h.person_id in (select person_id from loan_role where loan_id = c.loan_id and role not in ('authorised-user', 'owner-not-obligor'))))`,
    },
  }),
  promises: simple('promise r', 'r', {
    time: 'r.made_at',
    fields: {
      id: 'r.id',
      loanNumber: LOAN('r.loan_id'),
      customerNumber: CUSTOMER('r.person_id'),
      amountCents: 'r.amount_cents',
      dueOn: date('r.due_on'),
      method: 'r.method',
      state: 'r.state',
      madeAt: iso('r.made_at'),
      decideOn: date('r.decide_on'),
      provisionalUntil: iso('r.provisional_until'),
      decidedAt: iso('r.decided_at'),
      source: 'r.source',
    },
  }),
};

function simple(from: string, alias: string, what: { time: string; fields: Readonly<Record<string, string>> }): string {
  const ofPerson = alias === 'h' ? ` or (h.loan_id is null and h.person_id in (select person_id from loan_role where loan_id = (select id from loan where loan_number = $2)))` : ''; // prettier-ignore
  return `select ${what.time} as time, ${alias}.id::text as id, ${object(what.fields)}::text as line from ${from}
          where ($1::timestamptz is null or ${what.time} >= $1)
            and ($2::text is null or ${alias}.loan_id = (select id from loan where loan_number = $2)${ofPerson})
          order by 1, 2`;
}

const AT_ONCE = 500;

/** Streams an export as JSON texts, one a row, from one snapshot of the database: the same question gives the same bytes. */
export async function* exportLines(pool: Pool, question: ExportQuestion): AsyncGenerator<string> {
  const client = await pool.connect();
  let whole = false;
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`set local timezone = 'UTC'`);
    await client.query({
      text: `declare export_rows no scroll cursor for ${QUERIES[question.name]}`,
      values: [question.since, question.loanNumber],
    });
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`fetch ${AT_ONCE} from export_rows`);
      for (const row of rows) yield row.line;
      if (rows.length < AT_ONCE) break;
    }
    whole = true;
  } finally {
    // Whoever stops reading half-way must not leave a snapshot open.
    await client.query(whole ? 'commit' : 'rollback').catch(() => undefined);
    client.release();
  }
}
