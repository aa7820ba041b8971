import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXPORTS, exportLines } from '../../prisma/exports.ts';
import type { ExportName } from '../../prisma/exports.ts';
import { NOW, lateLoan, lender, openImport, takeIn, writeSet } from './support.ts';

let deps: Awaited<ReturnType<typeof openImport>>;
const TIME: Record<ExportName, string> = {
  contacts: 'decidedAt',
  decisions: 'at',
  payments: 'receivedAt',
  holds: 'placedAt',
  cases: 'openedOn',
  promises: 'madeAt',
};

beforeAll(async () => {
  deps = await openImport();
  const contacts = Array.from({ length: 1_200 }, (_, index) => ({
    loan_number: `L${(index % 3) + 1}`,
    at: new Date(NOW - 40 * 86_400_000 + (index % 400) * 60_000).toISOString(),
    channel: index % 2 === 0 ? 'call' : 'letter',
    number_or_address: String(index),
    outcome: 'no-answer',
    source: 'dialer',
  }));
  await takeIn(
    deps,
    writeSet({
      ...lender(3, (index) =>
        lateLoan(`L${index}`, 10 + index, { days_past_due: index === 2 ? '60' : String(10 + index) }),
      ),
      contacts,
    }),
  );
  await deps.pool.query(`
    with d as (
      insert into decision (at, person_id, loan_id, request, decision, primary_rule, rules, reasons, ruleset_version, facts_hash, facts, actor)
      select '2026-11-23T15:00:00Z', r.person_id, r.loan_id, '{"channel": "sms"}', 'allow', null, '{}', '[]', 'v1', 'h', '{}', 'worker' from loan_role r returning id, person_id, loan_id
    ), s as (
      insert into send (send_key, channel, purpose, person_id, to_value, template, template_version, language, body, body_hash, status, decided_at, sent_at, decision_id, zones, state_code, attempt, provider_id, actor)
      select d.id::text, 'sms', 'collection', d.person_id, '+16145550101', 'reminder-neutral', '1', 'en', 'x', 'x', 'delivered', '2026-11-23T15:00:00Z', '2026-11-23T15:00:01.250Z', d.id, '{America/New_York}', 'OH', 1, d.id::text, 'worker' from d returning id, person_id
    )
    insert into send_item (send_id, loan_id, policy, policy_version, step, family, occurrence, cycle, actor)
    select s.id, r.loan_id, 'auto', 1, 'day-3', 'reminder', 'c', '2026-11-12', 'worker' from s join loan_role r on r.person_id = s.person_id`);
  await deps.pool.query(
    `insert into payment (trace_id, loan_id, amount_cents, method, received_at, source, actor) select 'MG-' || loan_number, id, 100, 'ach', '2026-11-23T15:00:00Z', 'page', 'b' from loan`,
  );
  await deps.pool.query(
    `insert into hold (loan_id, reason, source, placed_at, review_on, lifted_at, actor) select id, 'manual', 'staff', '2026-11-01T00:00:00Z', '2026-11-15', '2026-11-02T00:00:00Z', 's' from loan where loan_number = 'L1'`,
  );
  await deps.pool.query(
    `insert into promise (loan_id, person_id, amount_cents, due_on, made_at, source, actor) select loan_id, person_id, 100, '2026-11-30', '2026-11-23T15:00:00Z', 'call', 's' from loan_role`,
  );
});
afterAll(() => deps.close());

async function lines(
  name: ExportName,
  more: { since?: string; loanNumber?: string } = {},
): Promise<Record<string, unknown>[]> {
  const found = [];
  for await (const line of exportLines(deps.pool, {
    name,
    since: more.since ?? null,
    loanNumber: more.loanNumber ?? null,
  }))
    found.push(JSON.parse(line) as Record<string, unknown>);
  return found;
}

it('contacts have exactly the fields of the file contract', async () => {
  const fields =
    'id personId customerNumber loanNumbers channel to zones state purpose template templateVersion policy policyVersion step cycle status decidedAt sentAt providerId attempts outcome decisionId language'.split(
      ' ',
    );
  const all = await lines('contacts');
  expect(all).toHaveLength(1_203);
  for (const contact of all) expect(Object.keys(contact)).toEqual(fields);
  expect(all.at(-1)).toMatchObject({
    channel: 'sms',
    status: 'delivered',
    policy: 'auto',
    step: 'day-3',
    cycle: '2026-11-12',
    sentAt: '2026-11-23T15:00:01.250Z',
    zones: ['America/New_York'],
  });
});

it('decisions and cases have theirs; a case lists the reasons it is held for', async () => {
  expect(Object.keys((await lines('decisions'))[0] ?? {})).toEqual(
    'id at loanNumber customerNumber request decision primaryRule rules nextAllowedAt rulesetVersion factsHash override'.split(
      ' ',
    ),
  );
  const cases = await lines('cases');
  expect(Object.keys(cases[0] ?? {})).toEqual(
    'id loanNumber status openedOn closedOn closeReason policy policyVersion arm step nextWakeAt holds'.split(' '),
  );
  expect(new Map(cases.map((each) => [each['loanNumber'], each['holds']]))).toEqual(
    new Map([
      ['L1', []],
      ['L2', ['days-past-due-differ']],
      ['L3', []],
    ]),
  );
});

it.each(EXPORTS)(
  '%s come in the order of time and then id, the same bytes twice, for one loan, and since an instant',
  async (name) => {
    const all = await lines(name);
    expect(all.length).toBeGreaterThan(0);
    expect(await lines(name)).toEqual(all);
    const keys = all.map((line) => `${String(line[TIME[name]])} ${String(line['id'])}`);
    expect(keys).toEqual([...keys].sort((a, b) => (a < b ? -1 : 1)));
    const one = await lines(name, { loanNumber: 'L2' });
    expect(one.length).toBeLessThan(all.length);
    for (const line of one) expect([line['loanNumber'], line['loanNumbers']].flat()).toContain('L2');
    expect(await lines(name, { since: '2026-12-30T00:00:00Z' })).toEqual([]);
    expect(await lines(name, { loanNumber: 'no such loan' })).toEqual([]);
  },
);

it('a reader that stops half-way leaves nothing open', async () => {
  for await (const line of exportLines(deps.pool, { name: 'contacts', since: null, loanNumber: null })) {
    expect(line).toContain('"id"');
    break;
  }
  const { rows } = await deps.pool.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
  );
  expect(rows).toEqual([{ n: 0 }]);
});
