import { z } from 'zod';
import { shippedRuleset } from '../../domain/gate/index.ts';
import { businessNow } from '../../prisma/business-clock.ts';
import { countWithoutConsent, orderConsentLetters } from '../../prisma/consent-letters.ts';
import { reach } from '../../prisma/import/reach.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { lookFor } from '../../prisma/read/moment.ts';
import { readReachPeople } from '../../prisma/read/reach-people.ts';
import { readReach } from '../../prisma/read/reach.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { ConsentLetters, Reach, ReachLacking, ReachPeople, ReachPeopleQuery } from '../schemas/reach.ts';

/** Each is asked about four channels; more would keep a page waiting. */
const JUDGED = 500;

/** Whom we can lawfully reach and how, why not the others, and the letter that asks them. */
export function reachRoutes(app: App, { pool, settings }: ApiDeps): void {
  app.get(
    '/api/reach',
    { config: { access: 'portfolio.read' }, schema: { response: { 200: Reach } } },
    async (request) => readReach(pool, await lookFor(pool, staffOf(request), settings.lender.zone)),
  );
  app.get(
    '/api/reach/people',
    { config: { access: 'loan.read' }, schema: { querystring: ReachPeopleQuery, response: { 200: ReachPeople } } },
    async (request) =>
      readReachPeople(pool, request.query, await lookFor(pool, staffOf(request), settings.lender.zone)),
  );
  app.get(
    '/api/reach/lacking',
    { config: { access: 'portfolio.read' }, schema: { response: { 200: ReachLacking } } },
    async () => {
      const found = await reach(pool, { nowMs: await businessNow(pool), ruleset: shippedRuleset, limit: JUDGED });
      const { sms, call, email, letter } = found.channels;
      const fields = new Set([sms, call, email, letter].flatMap(({ lacking }) => Object.keys(lacking)));
      const rows = [...fields].toSorted().map((field) => ({ field, sms: sms.lacking[field] ?? 0, call: call.lacking[field] ?? 0, email: email.lacking[field] ?? 0, letter: letter.lacking[field] ?? 0 })); // prettier-ignore
      return { people: found.people, judged: found.judged, rows };
    },
  );
  app.get(
    '/api/reach/consent-letters',
    { config: { access: 'portfolio.read' }, schema: { response: { 200: ConsentLetters } } },
    async (request) => ({ people: await countWithoutConsent(pool, staffOf(request), await businessNow(pool)) }),
  );
  app.post(
    '/api/reach/consent-letters',
    { config: { access: 'letter.act' }, schema: { body: z.strictObject({}), response: { 200: ConsentLetters } } },
    async (request) => {
      const staff = staffOf(request);
      const nowMs = await businessNow(pool);
      return { people: await inTransaction(pool, (client) => orderConsentLetters(client, { viewer: staff, actor: staff.email, nowMs })) }; // prettier-ignore
    },
  );
}
