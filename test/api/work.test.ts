import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CasePage } from '../../api/schemas/cases.ts';
import type { PromiseAnswer } from '../../api/schemas/promises.ts';
import { WorkPage as WorkPageSchema } from '../../api/schemas/work.ts';
import type { WorkItem, WorkPage } from '../../api/schemas/work.ts';
import { TUESDAY_10_30, aLoan, aPerson, anOpenCase } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import { aKey, aTask, codeOf, openApi } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let casey: Caller;
let kim: Caller;
let lee: Caller;
let morgan: Caller;
beforeAll(async () => {
  api = await openApi();
  casey = await api.signIn('collector');
  kim = await api.signIn('collector');
  lee = await api.signIn('lead');
  morgan = await api.signIn('manager');
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.pool.query(`update work_item set state = 'cancelled' where state = 'open'`);
});

interface Account {
  person: MadePerson;
  loan: string;
  caseId: string;
}
async function anAccount(given: { zone?: string; pastDueCents?: number; daysPastDue?: number } = {}): Promise<Account> {
  const person = await aPerson(api.pool, given.zone === undefined ? {} : { zone: given.zone });
  const loan = await aLoan(api.pool, person.personId, given);
  return { person, loan, caseId: await anOpenCase(api.pool, loan) };
}
const task = (
  account: Account,
  given: Omit<Parameters<typeof aTask>[1], 'loanId' | 'personId'> = {},
): Promise<string> =>
  aTask(api.pool, { loanId: account.loan, personId: account.person.personId, caseId: account.caseId, ...given });

describe('the queue', () => {
  it('shows the silence after a talk about the loan, and ranks a call that may not be placed behind one that may', async () => {
    const [spoken, other] = [await anAccount(), await anAccount()];
    await api.pool.query(
      `insert into contact (at, person_id, loan_ids, channel, direction, purpose, outcome, source, actor) values
       ('2026-11-25T15:00:00Z', $1, array[$2::uuid], 'call', 'in', 'collection', 'conversation', 'dialer', 'x'),
       ('2026-11-24T15:00:00Z', $3, array[$4::uuid], 'call', 'out', 'collection', 'conversation', 'dialer', 'x')`,
      [spoken.person.personId, spoken.loan, other.person.personId, other.loan],
    );
    const [silent, open] = [await task(spoken), await task(other)];
    const rows = (await casey.get('/api/work')).json<WorkPage>().rows;
    // 25 November is day 1, 1 December day 7; of the other one the seven days ended on 30 November.
    expect(rows.find(({ id }) => id === silent)?.callsFrom).toBe('2026-12-02');
    expect(rows.find(({ id }) => id === open)?.callsFrom).toBeNull();
    const next = (await casey.post('/api/work/next', {})).json<{ id: string }>();
    expect(next.id).toBe(open);
  });

  it('puts urgent work first, pages by keyset, and shows budget, hours and what comes next', async () => {
    const account = await anAccount();
    await api.pool.query(
      `insert into contact (at, person_id, loan_ids, channel, direction, purpose, outcome, source, actor) values
       ('2026-11-30T15:00:00Z', $1, array[$2::uuid], 'sms', 'out', 'collection', null, 'makegood', 'x'),
       ('2026-11-20T15:00:00Z', $1, array[$2::uuid], 'sms', 'out', 'collection', null, 'makegood', 'x'),
       ('2026-11-30T16:00:00Z', $1, array[$2::uuid], 'call', 'out', 'collection', 'no-answer', 'dialer', 'x'),
       ('2026-11-30T17:00:00Z', $1, array[$2::uuid], 'call', 'out', 'collection', 'not-connected', 'dialer', 'x')`,
      [account.person.personId, account.loan],
    );
    const first = await task(account);
    const urgent = await task(await anAccount(), { kind: 'reply', urgent: true });
    const second = await task(await anAccount({ zone: 'America/Los_Angeles' }));
    const page = (await casey.get('/api/work')).json<WorkPage>();
    expect(page.rows.map((row) => row.id)).toEqual([urgent, ...[first, second].toSorted()]);
    // The route does not check its own answer: nothing may be in it that the schema does not name.
    expect(WorkPageSchema.parse(page)).toEqual(page);
    const row = page.rows.find((each) => each.id === first);
    expect(row).toMatchObject({
      kind: 'call',
      openNow: true,
      zone: 'America/New_York',
      loan: { daysPastDue: 3, pastDueCents: 30_000 },
      lease: null,
    });
    expect(row?.budget).toEqual([
      { channel: 'sms', used: 1, of: 3, windowHours: 168 },
      { channel: 'call', used: 1, of: 7, windowHours: 168 },
      { channel: 'email', used: 0, of: 4, windowHours: 168 },
    ]);
    expect(page.rows.find((each) => each.id === second)?.openNow).toBe(false);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const part: WorkPage = (await casey.get(`/api/work?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`)).json();
      seen.push(...part.rows.map((each) => each.id));
      cursor = part.next;
    } while (cursor !== null);
    expect(seen).toEqual(page.rows.map((each) => each.id));
    const counts = (await casey.get('/api/work/counts')).json<{ kinds: unknown[] }>();
    expect(counts.kinds).toEqual([
      { kind: 'call', due: 2, open: 2, urgent: 0, mine: 0 },
      { kind: 'reply', due: 1, open: 1, urgent: 1, mine: 0 },
    ]);
  });

  it('gives the next best with its reasons: money and open hours before a closed window', async () => {
    const small = await task(await anAccount({ pastDueCents: 3_000 }));
    const large = await task(await anAccount({ pastDueCents: 900_000, daysPastDue: 60 }));
    const asleep = await task(
      await anAccount({ pastDueCents: 1_000_000, daysPastDue: 90, zone: 'America/Los_Angeles' }),
    );
    const order: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const next = (await casey.post('/api/work/next', { skip: order })).json<WorkItem>();
      order.push(next.id);
      if (i === 0)
        expect(next.rank?.because).toEqual(
          expect.arrayContaining(['$9,000.00 past due by 60 days', 'open hours there, 7 of 7 calls left']),
        );
      await casey.post(`/api/work/${next.id}/release`);
    }
    expect(order).toEqual([large, small, asleep]);
    expect(codeOf(await casey.post('/api/work/next', { skip: order }))).toBe('nothing-due');
  });

  it('two who ask at the same moment never get one account', async () => {
    const shared = await anAccount();
    await task(shared);
    await task(shared, { kind: 'review' });
    const other = await task(await anAccount());
    const answers = await Promise.all([casey.post('/api/work/next', {}), kim.post('/api/work/next', {})]);
    const loans = answers.map((answer) => answer.json<WorkItem>().loan?.id);
    expect(new Set(loans).size).toBe(2);
    expect(codeOf(await lee.post('/api/work/next', {}))).toBe('nothing-due');
    expect(other).toBeTruthy();
  });

  it('a lease keeps others out for five minutes, is renewed, released, and ends by itself', async () => {
    const item = await task(await anAccount());
    expect((await casey.post(`/api/work/${item}/lease`)).statusCode).toBe(200);
    const refused = await kim.post(`/api/work/${item}/lease`);
    expect([codeOf(refused), refused.json<{ facts: object }>().facts]).toEqual([
      'item-leased-by-other',
      { by: casey.email },
    ]);
    expect(codeOf(await kim.post(`/api/work/${item}/close`, { state: 'cancelled', outcome: 'not needed' }))).toBe(
      'item-leased-by-other',
    );
    expect((await kim.get(`/api/work/${item}`)).json<WorkItem>().lease).toMatchObject({ by: casey.email, mine: false });
    await api.pool.query(`update work_item set leased_until = now() - interval '1 second' where id = $1`, [item]);
    expect((await kim.post(`/api/work/${item}/lease`)).statusCode).toBe(200);
    await kim.post(`/api/work/${item}/release`);
    expect((await casey.post(`/api/work/${item}/lease`)).statusCode).toBe(200);
    expect((await lee.post(`/api/work/${item}/assign`, { owner: kim.email })).statusCode).toBe(200);
    expect((await kim.get('/api/work?owner=me')).json<WorkPage>().rows.map((row) => row.id)).toEqual([item]);
  });

  it('calls, approvals and unconfirmed messages end by their own outcome, other items by hand once', async () => {
    const account = await anAccount();
    const call = await task(account);
    expect(codeOf(await casey.post(`/api/work/${call}/close`, { state: 'done', outcome: 'called' }))).toBe(
      'item-has-its-own-outcome',
    );
    const review = await task(account, { kind: 'review' });
    expect((await casey.post(`/api/work/${review}/close`, { state: 'done', outcome: 'looked at' })).statusCode).toBe(
      200,
    );
    expect(codeOf(await casey.post(`/api/work/${review}/close`, { state: 'done', outcome: 'again' }))).toBe(
      'item-not-open',
    );
  });
});

describe('a call’s outcome', () => {
  const log = (item: string, body: object) => casey.post(`/api/work/${item}/call-outcome`, body);

  async function withStep(): Promise<{ account: Account; item: string }> {
    const account = await anAccount();
    await api.pool.query(
      `insert into step_done (loan_id, case_id, policy, policy_version, step, family, occurrence, outcome, channel, at, actor)
       values ($1, $2, 'auto', 1, 'call-1', 'call-1', 'cycle:2026-11-28', 'pending', 'call', '2026-12-01T15:00:00Z', 'worker')`,
      [account.loan, account.caseId],
    );
    return { account, item: await task(account, { step: 'call-1' }) };
  }

  it('stores contact, step, promise, hold, consent and note in one go, and the caps count it', async () => {
    const { account, item } = await withStep();
    const answer = await log(item, {
      result: 'spoke',
      verified: 'dob-and-zip',
      reasonForDefault: 'reduced-income',
      nextAction: 'call after payday',
      nextActionOn: '2026-12-05',
      agreedToCall: { on: '2026-12-05' },
      note: 'Friendly',
      promise: { amountCents: 20_000, dueOn: '2026-12-04' },
      hold: { reason: 'hardship' },
    });
    expect(answer.json()).toMatchObject({ promiseState: 'open' });
    const page = (await casey.get(`/api/loans/${account.loan}`)).json<CasePage>();
    expect(page.promises).toMatchObject([{ state: 'open', amountCents: 20_000, source: 'call' }]);
    expect(page.holds).toMatchObject([{ reason: 'hardship', source: 'call' }]);
    expect(page.work).toEqual([]);
    expect(page.stepsDone).toMatchObject([{ step: 'call-1', outcome: 'done' }]);
    expect(page.people[0]?.callConsents).toMatchObject([{ kind: 'call', onDate: '2026-12-05' }]);
    expect(page.people[0]?.contactPoints.find((point) => point.kind === 'phone')?.verifiedAt).toMatch(
      /^2026-12-01T15:3/,
    );
    // A conversation silences further calls on this debt for seven local dates; the consent lets one through on its date.
    expect(page.channels.find((each) => each.channel === 'call')).toMatchObject({ decision: 'defer-until' });
    const { rows } = await api.pool.query(
      'select channel, direction, outcome, consented, address, source_key, actor from contact where person_id = $1',
      [account.person.personId],
    );
    expect(rows).toEqual([
      {
        channel: 'call',
        direction: 'out',
        outcome: 'conversation',
        consented: false,
        address: account.person.phone,
        source_key: `item/${item}`,
        actor: casey.email,
      },
    ]);
  });

  it('a refused promise leaves nothing of the outcome behind', async () => {
    const { account, item } = await withStep();
    expect(
      codeOf(await log(item, { result: 'spoke', note: 'kept?', promise: { amountCents: 100, dueOn: '2027-06-01' } })),
    ).toBe('promise-date-too-far');
    expect(codeOf(await log(item, { result: 'spoke', hold: { reason: 'manual', reviewOn: '2026-01-01' } }))).toBe(
      'review-date-past',
    );
    expect(codeOf(await log(item, { result: 'no-answer', at: '2026-12-01T18:00:00Z' }))).toBe('instant-past');
    const page = (await casey.get(`/api/loans/${account.loan}`)).json<CasePage>();
    expect([page.work.length, page.promises, page.stepsDone[0]?.outcome]).toEqual([1, [], 'pending']);
    expect(
      (await api.pool.query('select 1 from contact where person_id = $1', [account.person.personId])).rowCount,
    ).toBe(0);
    expect((await api.pool.query('select 1 from note where loan_id = $1', [account.loan])).rowCount).toBe(0);
  });

  it.each([
    ['left-voicemail', 'voicemail'],
    ['no-answer', 'no-answer'],
    ['busy', 'not-connected'],
    ['third-party-answered', 'no-answer'],
    ['hung-up', 'conversation'],
  ])('%s counts as %s', async (result, outcome) => {
    const { account, item } = await withStep();
    expect((await log(item, { result })).statusCode).toBe(200);
    const { rows } = await api.pool.query('select outcome from contact where person_id = $1', [
      account.person.personId,
    ]);
    expect(rows).toEqual([{ outcome }]);
  });

  it('a wrong number bars it for everybody, a dead line is marked, and an inbound call is no call of ours', async () => {
    const wrong = await withStep();
    await log(wrong.item, { result: 'wrong-number' });
    const dead = await withStep();
    await log(dead.item, { result: 'not-in-service' });
    const inbound = await withStep();
    await log(inbound.item, { result: 'spoke', verified: 'called-us' });
    const of = async (id: string) =>
      (
        await api.pool.query(
          'select wrong_number_at is not null as wrong, bad_reason, verified_at is not null as verified from address where id = $1',
          [id],
        )
      ).rows[0];
    expect(await of(wrong.account.person.phoneId)).toEqual({ wrong: true, bad_reason: null, verified: false });
    expect(await of(dead.account.person.phoneId)).toMatchObject({ wrong: false, bad_reason: 'not in service' });
    const { rows } = await api.pool.query('select direction from contact where person_id = $1', [
      inbound.account.person.personId,
    ]);
    expect(rows).toEqual([{ direction: 'in' }]);
  });

  it('a call placed under the borrower’s own wish is not counted', async () => {
    const { account, item } = await withStep();
    await api.pool.query(
      `insert into contact_consent (person_id, loan_id, kind, recorded_at, actor) values ($1, $2, 'call', '2026-11-28T12:00:00Z', 'x')`,
      [account.person.personId, account.loan],
    );
    await log(item, { result: 'no-answer' });
    const { rows } = await api.pool.query('select consented from contact where person_id = $1', [
      account.person.personId,
    ]);
    expect(rows).toEqual([{ consented: true }]);
  });

  it('is for call tasks of people on the loan', async () => {
    const account = await anAccount();
    const review = await task(account, { kind: 'review' });
    expect(codeOf(await log(review, { result: 'spoke' }))).toBe('item-not-a-call');
    const stranger = await aPerson(api.pool);
    expect(codeOf(await log(await task(account), { result: 'spoke', personId: stranger.personId }))).toBe('not-found');
  });
});

describe('approvals', () => {
  const vote = (by: Caller, item: string, body: object = { vote: 'approve' }) =>
    by.post(`/api/work/${item}/vote`, body);

  it('a long promise opens when somebody else approves, and only then holds the case', async () => {
    const { loan } = await anAccount();
    const made = (
      await lee.post(`/api/loans/${loan}/promises`, { amountCents: 1_000, dueOn: '2026-12-20' })
    ).json<PromiseAnswer>();
    const item = made.approvalItemId ?? '';
    expect(codeOf(await vote(lee, item))).toBe('own-request');
    expect((await vote(morgan, item)).json()).toEqual({ outcome: 'approved', votes: 1, needed: 1, because: null });
    expect((await casey.get(`/api/loans/${loan}`)).json<CasePage>().promises[0]?.state).toBe('open');
    expect(codeOf(await vote(morgan, item))).toBe('item-not-open');
  });

  it('two are needed where the step says two: the same person twice is one', async () => {
    const item = await task(await anAccount(), { kind: 'approval', approvals: 2, step: 'remedy-review' });
    expect((await vote(lee, item)).json()).toMatchObject({ outcome: 'counted', votes: 1, needed: 2 });
    expect(codeOf(await vote(lee, item))).toBe('already-voted');
    expect((await vote(morgan, item)).json()).toMatchObject({ outcome: 'approved', votes: 2 });
  });

  it('one refusal refuses, and the promise is gone', async () => {
    const { loan } = await anAccount();
    const made = (
      await casey.post(`/api/loans/${loan}/promises`, { amountCents: 1_000, dueOn: '2026-12-20' })
    ).json<PromiseAnswer>();
    expect((await vote(lee, made.approvalItemId ?? '', { vote: 'refuse', reason: 'too long' })).json()).toMatchObject({
      outcome: 'refused',
    });
    expect((await casey.get(`/api/loans/${loan}`)).json<CasePage>().promises[0]?.state).toBe('cancelled');
  });

  it('cured meanwhile: nothing happens, and it says so', async () => {
    const { loan } = await anAccount();
    const made = (
      await casey.post(`/api/loans/${loan}/promises`, { amountCents: 1_000, dueOn: '2026-12-20' })
    ).json<PromiseAnswer>();
    await casey.post(`/api/loans/${loan}/payments`, { amountCents: 30_000, method: 'cash' }, aKey());
    expect((await vote(lee, made.approvalItemId ?? '')).json()).toEqual({
      outcome: 'moot',
      votes: 1,
      needed: 1,
      because: 'The account was cured meanwhile.',
    });
    expect((await casey.get(`/api/loans/${loan}`)).json<CasePage>().promises[0]?.state).toBe('cancelled');
    const late = await anAccount();
    const second = (
      await casey.post(`/api/loans/${late.loan}/promises`, { amountCents: 1_000, dueOn: '2026-12-20' })
    ).json<PromiseAnswer>();
    await api.setClock(Date.parse('2026-12-22T15:00:00Z'));
    expect((await vote(lee, second.approvalItemId ?? '')).json()).toMatchObject({
      outcome: 'moot',
      because: 'The promised date has passed meanwhile.',
    });
    await api.setClock(TUESDAY_10_30);
    expect(codeOf(await vote(lee, await task(late)))).toBe('item-not-an-approval');
  });
});

describe('an unconfirmed message', () => {
  async function anUnconfirmed(): Promise<{ account: Account; item: string; send: string }> {
    const account = await anAccount();
    const { rows } = await api.pool.query<{ id: string }>(
      `insert into send (send_key, channel, purpose, person_id, case_id, address_id, to_value, template, template_version, language, body, body_hash, status, attempt, claimed_at, decided_at, actor)
       values ($1, 'sms', 'collection', $2, $3, $4, $5, 'reminder-neutral', '1', 'en', 'hi', 'h', 'unconfirmed', 1, now(), '2026-12-01T15:00:00Z', 'worker') returning id`,
      [`key ${account.loan}`, account.person.personId, account.caseId, account.person.phoneId, account.person.phone],
    );
    const send = rows[0]?.id ?? '';
    await api.pool.query(
      `insert into send_item (send_id, loan_id, case_id, family, occurrence, actor) values ($1, $2, $3, 'sms-1', 'o', 'worker')`,
      [send, account.loan, account.caseId],
    );
    await api.pool.query(`insert into send_attempt (send_id, attempt, claimed_at) values ($1, 1, now())`, [send]);
    return { account, send, item: await task(account, { kind: 'unconfirmed', detail: { sendId: send } }) };
  }
  const state = async (send: string) =>
    (await api.pool.query<{ status: string }>('select status from send where id = $1', [send])).rows[0]?.status;

  it.each([
    [true, 'sent'],
    [false, 'failed'],
  ])('found out by a person (went: %s) is %s, and is never sent again', async (went, status) => {
    const { item, send } = await anUnconfirmed();
    expect(codeOf(await casey.post(`/api/work/${item}/close`, { state: 'done', outcome: 'whatever' }))).toBe(
      'item-has-its-own-outcome',
    );
    expect((await casey.post(`/api/work/${item}/settle`, { went, how: 'asked the carrier' })).statusCode).toBe(200);
    expect(await state(send)).toBe(status);
    expect(codeOf(await casey.post(`/api/work/${item}/settle`, { went, how: 'asked again' }))).toBe('item-not-open');
  });
});

describe('a reply read by a person', () => {
  async function aReply(text: string): Promise<{ account: Account; item: string; message: string }> {
    const account = await anAccount();
    const { rows } = await api.pool.query<{ id: string }>(
      `insert into inbound_message (channel, from_value, to_value, address_id, person_ids, loan_ids, text, received_at, primary_label, labels, actions, confidence, reading, actor)
       values ('sms', $1, '+12025550100', $2, array[$3::uuid], array[$4::uuid], $5, '2026-12-01T15:20:00Z', 'human-review', '{human-review}', '{route-human}', '0.2',
         '{"promise": {"amountCents": 20000, "on": "2026-12-04"}}', 'borrower') returning id`,
      [account.person.phone, account.person.phoneId, account.person.personId, account.loan, text],
    );
    const message = rows[0]?.id ?? '';
    await api.pool.query(
      `insert into hold (person_id, address_id, reason, scope, source, placed_at, review_on, actor) values ($1, $2, 'reply-review', 'sms', 'reply ' || $3, '2026-12-01T15:20:00Z', '2026-12-02', 'borrower')`,
      [account.person.personId, account.person.phoneId, message],
    );
    await api.pool.query(`update address set review_hold_since = '2026-12-01T15:20:00Z' where id = $1`, [
      account.person.phoneId,
    ]);
    return {
      account,
      message,
      item: await task(account, { kind: 'reply', detail: { item: 'human-review', messageId: message } }),
    };
  }
  const label = (item: string, labels: string[]) => casey.post(`/api/work/${item}/label`, { labels });
  const addressOf = async (account: Account) =>
    (
      await api.pool.query<{ stopped: boolean; held: boolean }>(
        'select opted_out_at is not null as stopped, review_hold_since is not null as held from address where id = $1',
        [account.person.phoneId],
      )
    ).rows[0];

  it('shows what was written, masked for those who may only look', async () => {
    const { item, account } = await aReply('idk maybe quit it');
    expect((await casey.get(`/api/work/${item}`)).json<WorkItem>().message).toMatchObject({
      text: 'idk maybe quit it',
      from: account.person.phone,
    });
    const chris = await api.signIn('compliance');
    expect((await chris.get(`/api/work/${item}`)).json<WorkItem>().message?.from).toContain('•');
  });

  it('as opt-out it stops the number; the hold that waited for a person ends', async () => {
    const { account, item } = await aReply('idk maybe quit it');
    expect(await addressOf(account)).toEqual({ stopped: false, held: true });
    const answer = await label(item, ['opt-out']);
    expect(answer.json()).toMatchObject({ primaryLabel: 'opt-out' });
    expect(await addressOf(account)).toEqual({ stopped: true, held: false });
    expect(
      (await casey.get(`/api/loans/${account.loan}`)).json<CasePage>().holds.filter((hold) => hold.liftedAt === null),
    ).toEqual([]);
    expect(codeOf(await label(item, ['opt-out']))).toBe('item-not-open');
  });

  it('as a promise it is stored with the amount and date that were read; as nothing, nothing follows', async () => {
    const promised = await aReply('200 friday prob');
    await label(promised.item, ['promise']);
    expect((await casey.get(`/api/loans/${promised.account.loan}`)).json<CasePage>().promises).toMatchObject([
      { amountCents: 20_000, dueOn: '2026-12-04', state: 'open' },
    ]);
    const idle = await aReply('👍');
    await label(idle.item, ['nothing']);
    expect(await addressOf(idle.account)).toEqual({ stopped: false, held: false });
    expect((await casey.get(`/api/loans/${idle.account.loan}`)).json<CasePage>().promises).toEqual([]);
  });

  it('an unknown label, nothing beside something, or an item without a message is refused', async () => {
    const { account, item } = await aReply('hm');
    expect(codeOf(await label(item, ['optout']))).toBe('unknown-label');
    expect(codeOf(await label(item, ['human-review']))).toBe('unknown-label');
    expect(codeOf(await label(item, ['nothing', 'opt-out']))).toBe('unknown-label');
    expect(codeOf(await label(await task(account), ['opt-out']))).toBe('item-not-a-reply');
  });
});
