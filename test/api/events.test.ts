import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { News } from '../../api/schemas/events.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { recordEvent } from '../../prisma/timeline.ts';
import { TUESDAY_10_30, aLoan, aPerson } from '../support/builders.ts';
import { openApi } from './support.ts';
import type { Api, Caller } from './support.ts';

let api: Api;
let base = '';
let casey: Caller;
beforeAll(async () => {
  api = await openApi();
  base = await api.app.listen({ host: '127.0.0.1', port: 0 });
  casey = await api.signIn('collector');
});
afterAll(() => api.close());

interface Stream {
  news: News[];
  events: string[];
  /** Resolves once the condition holds for what has come so far. */
  until(holds: () => boolean): Promise<void>;
  close(): void;
}

async function listen(who: Caller, lastEventId?: number): Promise<Stream> {
  const abort = new AbortController();
  const response = await fetch(`${base}/api/events`, {
    headers: { cookie: who.cookie, ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }) },
    signal: abort.signal,
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  const news: News[] = [];
  const events: string[] = [];
  let wake: () => void = () => undefined;
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('no stream');
  let text = '';
  const decoder = new TextDecoder();
  void (async () => {
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (done) return;
      text += decoder.decode(value);
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const event = /^event: (.*)$/m.exec(block)?.[1];
        if (event !== undefined) events.push(event);
        if (event === 'news') news.push(JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') as News);
      }
      wake();
    }
  })();
  return {
    news,
    events,
    async until(holds) {
      while (!holds()) {
        await new Promise<void>((resolve, reject) => {
          const late = setTimeout(
            () => reject(new Error(`waited in vain; so far ${JSON.stringify(news)} ${events.join()}`)),
            10_000,
          );
          wake = () => {
            clearTimeout(late);
            resolve();
          };
        });
      }
    },
    close: () => abort.abort(),
  };
}

async function tell(loanId: string | null, kind = 'note-written'): Promise<void> {
  await recordEvent(api.pool, { kind, atMs: TUESDAY_10_30, actor: 'test', loanId, data: { text: 'secret words' } });
}

describe('live news', () => {
  it('a new row of the timeline reaches every open screen, with ids and a title and nothing of a person', async () => {
    const loan = await aLoan(api.pool, (await aPerson(api.pool)).personId);
    const streams = await Promise.all([listen(casey), listen(await api.signIn('lead'))]);
    await tell(loan);
    for (const stream of streams) {
      await stream.until(() => stream.news.some((each) => each.loanId === loan));
      expect(stream.news.find((each) => each.loanId === loan)).toEqual({
        id: expect.any(Number),
        kind: 'note-written',
        at: '2026-12-01T15:30:00.000Z',
        loanId: loan,
        caseId: null,
        personId: null,
        title: 'Note written',
      });
      stream.close();
    }
  });

  it('who comes back with Last-Event-ID hears what was missed, in order, and a row that committed late too', async () => {
    const loan = await aLoan(api.pool, (await aPerson(api.pool)).personId);
    const first = await listen(casey);
    await tell(loan, 'case-opened');
    await first.until(() => first.news.some((each) => each.loanId === loan));
    const lastId = first.news.at(-1)?.id ?? 0;
    first.close();
    await tell(loan, 'hold-placed');
    await tell(loan, 'hold-lifted');
    const second = await listen(casey, lastId);
    await second.until(() => second.news.filter((each) => each.loanId === loan).length === 2);
    expect(second.news.filter((each) => each.loanId === loan).map((each) => each.kind)).toEqual([
      'hold-placed',
      'hold-lifted',
    ]);

    // An id drawn first but committed last must not be lost behind the ids after it.
    let commit: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let drawn: () => void = () => undefined;
    const drew = new Promise<void>((resolve) => {
      drawn = resolve;
    });
    const slow = inTransaction(api.pool, async (client) => {
      await recordEvent(client, { kind: 'promise-made', atMs: TUESDAY_10_30, actor: 'test', loanId: loan });
      drawn();
      await held;
    });
    await drew;
    await tell(loan, 'promise-kept');
    await second.until(() => second.news.some((each) => each.kind === 'promise-kept'));
    commit();
    await slow;
    await second.until(() => second.news.some((each) => each.kind === 'promise-made'));
    second.close();
  });

  it('what one may not see is not sent: employees’ accounts, one’s own, and to an admin any account', async () => {
    const person = await aPerson(api.pool);
    await api.pool.query('update person set employee = true where id = $1', [person.personId]);
    const employee = await aLoan(api.pool, person.personId);
    const { rows } = await api.pool.query<{ customer_number: string }>(
      'select customer_number from person where id = $1',
      [(await aPerson(api.pool)).personId],
    );
    const mine = await api.pool.query<{ id: string }>('select id from person where customer_number = $1', [
      rows[0]?.customer_number,
    ]);
    const own = await aLoan(api.pool, mine.rows[0]?.id ?? '');
    const plain = await aLoan(api.pool, (await aPerson(api.pool)).personId);
    const named = await listen(
      await api.signIn('manager', { opensEmployeeLoans: true, customerNumber: rows[0]?.customer_number ?? '' }),
    );
    const collector = await listen(casey);
    const admin = await listen(await api.signIn('admin'));
    for (const loan of [employee, own, plain, null]) await tell(loan, loan === null ? 'send-mode-set' : 'note-written');
    const heard = (stream: Stream): (string | null)[] =>
      stream.news.filter((each) => [employee, own, plain, null].includes(each.loanId)).map((each) => each.loanId);
    for (const stream of [named, collector, admin])
      await stream.until(() => stream.news.some((each) => each.kind === 'send-mode-set'));
    expect(heard(named)).toEqual([employee, plain, null]);
    expect(heard(collector)).toEqual([own, plain, null]);
    expect(heard(admin)).toEqual([null]);
    for (const stream of [named, collector, admin]) stream.close();
  });

  it('goes on after the listening connection was cut', async () => {
    const loan = await aLoan(api.pool, (await aPerson(api.pool)).personId);
    const stream = await listen(casey);
    await api.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen makegood_event' and datname = current_database()`,
    );
    await tell(loan);
    await stream.until(() => stream.news.some((each) => each.loanId === loan));
    stream.close();
  });
});
