import type { Browser, Page } from 'playwright-core';
import { aLoan, aPerson, anOpenCase, whenDue } from '../../support/builders.ts';
import type { MadePerson } from '../../support/builders.ts';
import { buildWeb, openBrowser, openTab, signIn } from './browser.ts';
import type { Tab } from './browser.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

/** Two cores shared by many: a slow machine is not a fault of the product. */
export const patient = { timeout: 40_000 };

export interface Account {
  person: MadePerson;
  loan: string;
  number: string;
}

/** A world with people at their browsers: what a journey begins with. */
export interface Desk {
  world: World;
  browser: Browser;
  /** The page of a person who is signed in; signed in the first time that they are asked for. */
  as(name: string): Promise<Page>;
  /** An account with an open case, planned; `due` moves the clock to its next step. */
  account(given?: { daysPastDue?: number; product?: string; when?: 'news' | 'due' }): Promise<Account>;
  /** What broke the content security policy or threw, on any page so far. */
  complaints(): string[];
  close(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  buildWeb();
  const world = await openWorld();
  const browser = await openBrowser();
  const tabs = new Map<string, Tab>();
  return {
    world,
    browser,
    async as(name) {
      const known = tabs.get(name);
      if (known !== undefined) return known.page;
      const tab = await openTab(browser, world.url);
      tabs.set(name, tab);
      await signIn(tab, name);
      return tab.page;
    },
    async account({ daysPastDue = 3, product = 'auto', when = 'news' } = {}) {
      const person = await aPerson(world.pool);
      const loan = await aLoan(world.pool, person.personId, { daysPastDue, product });
      const caseId = await anOpenCase(world.pool, loan);
      if (when === 'due') await whenDue(world.deps, caseId);
      await world.pool.query(`insert into outbox (topic, key) values ('case-news', $1)`, [caseId]);
      await world.settled();
      const { rows } = await world.pool.query<{ number: string }>(
        'select loan_number as number from loan where id = $1',
        [loan],
      );
      return { person, loan, number: rows[0]?.number ?? '' };
    },
    complaints: () => [...tabs.values()].flatMap((tab) => tab.complaints),
    async close() {
      await browser.close();
      await world.close();
    },
  };
}
