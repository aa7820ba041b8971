import { z } from 'zod';

const workPage = z.looseObject({
  rows: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      openNow: z.boolean().nullable(),
      loan: z.looseObject({ loanNumber: z.string() }).nullable(),
      person: z.looseObject({ id: z.string() }).nullable(),
      budget: z.array(z.object({ channel: z.string(), used: z.int(), of: z.int() })),
    }),
  ),
});
const clock = z.looseObject({ outbox: z.int(), inbox: z.int() });

interface Asked {
  method: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A member of the lender's staff at the product's own pages: signs in as a browser does, and works by its API. */
export class Staff {
  readonly #origin: string;
  readonly #cookies = new Map<string, Map<string, string>>();

  private constructor(origin: string) {
    this.#origin = origin;
  }

  static async signIn(origin: string, user: string): Promise<Staff> {
    const staff = new Staff(origin);
    // The sign-in service asks who it is in a form; the answer leads back with a session.
    let page = await staff.#follow(`${origin}/auth/login`, { method: 'GET' });
    const action = /<form method="post" action="([^"]+)"/.exec(await page.text())?.[1];
    if (action === undefined) throw new Error(`the sign-in service showed no form: ${page.status} ${page.url}`);
    page = await staff.#follow(new URL(action.replaceAll('&amp;', '&'), page.url).href, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `user=${user}`,
    });
    await page.arrayBuffer();
    await staff.#ask('GET', '/api/session');
    return staff;
  }

  /** Waits until nothing that came in or was decided waits to be worked on. */
  async untilQuiet(): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      const { outbox, inbox } = clock.parse(await this.#ask('GET', '/api/clock'));
      if (outbox === 0 && inbox === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('outbox or inbox did not become empty in a minute');
  }

  /** The call tasks that are due, as the queue shows them, by loan. */
  async callsDue(): Promise<z.infer<typeof workPage>['rows']> {
    const page = workPage.parse(await this.#ask('GET', '/api/work?kind=call&due=all&limit=100'));
    return page.rows.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
  }

  async logCall(item: string, result: string): Promise<void> {
    await this.#ask('POST', `/api/work/${item}/call-outcome`, { result });
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await this.#follow(this.#origin + path, {
      method,
      headers: { 'x-makegood': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 400)}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  }

  async #follow(url: string, request: Asked): Promise<Response> {
    let at = url;
    let asked = request;
    for (let hops = 0; hops < 12; hops += 1) {
      const answer = await fetch(at, { ...asked, redirect: 'manual', headers: { ...asked.headers, cookie: this.#cookieFor(at) } }); // prettier-ignore
      this.#keep(at, answer.headers.getSetCookie());
      const to = answer.headers.get('location');
      if (to === null) return answer;
      await answer.arrayBuffer();
      at = new URL(to, at).href;
      asked = { method: 'GET' };
    }
    throw new Error(`${url} leads round in circles`);
  }

  #cookieFor(url: string): string {
    const jar = this.#cookies.get(new URL(url).host) ?? new Map<string, string>();
    return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(url: string, set: readonly string[]): void {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    for (const line of set) {
      const [pair = ''] = line.split(';');
      const split = pair.indexOf('=');
      const value = pair.slice(split + 1);
      if (value === '') jar.delete(pair.slice(0, split));
      else jar.set(pair.slice(0, split), value);
    }
  }
}

const keyOf = (row: { loan: { loanNumber: string } | null; title: string }): string =>
  `${row.loan?.loanNumber ?? ''} ${row.title}`;
