import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Pool } from '../prisma/pool.ts';
import { readSession } from '../prisma/sessions.ts';
import type { Staff } from '../prisma/sessions.ts';
import { refuse } from './problems.ts';
import { may } from './roles.ts';
import type { Permission } from './schemas/session.ts';

/**
 * Who may call a route. Each route must say so: one that does not stops the start. `borrower` is the page behind a link
 * (same-origin calls only), `form` a page that works without JavaScript, `provider` proves itself by a signature,
 * `this-machine` answers only a caller on this host that no proxy stands before.
 */
export type Access = Permission | 'signed-in' | 'public' | 'borrower' | 'form' | 'provider' | 'this-machine';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    staff: Staff | null;
  }
  interface FastifyInstance {
    /** Every route and who may call it: `GET /api/loans` → `loan.read`. */
    doors: Map<string, Access>;
  }
}

/** Browsers share cookies between the ports of a host, so two instances side by side need names of their own. */
export function sessionCookieName(publicUrl: string): string {
  const url = new URL(publicUrl);
  return url.protocol === 'https:' ? '__Host-makegood' : `makegood_${url.port || '80'}`;
}

export function registerAccess(app: FastifyInstance, deps: { pool: Pool; publicUrl: string }): void {
  const cookieName = sessionCookieName(deps.publicUrl);
  const ownOrigins = originsOf(deps.publicUrl);

  app.decorateRequest('staff', null);
  app.decorate('doors', new Map<string, Access>());
  app.addHook('onRoute', (route) => {
    // The built files of the web app are registered by a plugin that knows nothing of access.
    if (route.url === '/assets/*') route.config = { ...route.config, access: 'public' };
    const access = route.config?.access;
    if (access === undefined) throw new Error(`${String(route.method)} ${route.url} says not who may call it`);
    for (const method of [route.method].flat()) app.doors.set(`${method} ${route.url}`, access);
  });
  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access;
    switch (access) {
      // No route: the 404 handler answers.
      case undefined:
      case 'public':
      case 'form':
      case 'provider':
        return;
      case 'this-machine':
        return isThisMachine(request) ? undefined : refuse(reply, { code: 'not-found' });
      case 'borrower':
        return isOwnPage(request, ownOrigins) ? undefined : refuse(reply, { code: 'cross-site-request' });
      default:
    }
    if (!isOwnPage(request, ownOrigins)) return refuse(reply, { code: 'cross-site-request' });
    const token = request.cookies[cookieName];
    if (token === undefined) return refuse(reply, { code: 'not-signed-in' });
    request.staff = await readSession(deps.pool, token);
    if (request.staff === null) return refuse(reply, { code: 'session-ended' });
    if (access === 'signed-in' || may(request.staff.role, access)) return;
    // What one may not see is not there; what one may not do is said.
    return refuse(reply, { code: isSafe(request.method) ? 'not-found' : 'not-permitted' });
  });
}

/** The person behind a route that demanded one. */
export function staffOf(request: FastifyRequest): Staff {
  if (request.staff === null) throw new Error('a route asked for staff that its access does not demand');
  return request.staff;
}

const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/**
 * An unsafe verb must carry a header that no form and no other site can set without our consent (there is no CORS), and
 * must not come from another origin. The cookie is SameSite=Lax besides.
 */
function isOwnPage(request: FastifyRequest, ownOrigins: ReadonlySet<string>): boolean {
  if (isSafe(request.method)) return true;
  if (request.headers['x-makegood'] === undefined) return false;
  const { origin } = request.headers;
  return origin === undefined || ownOrigins.has(origin);
}

/** The configured origin; on loopback also its other spelling, which a person may type. */
function originsOf(publicUrl: string): ReadonlySet<string> {
  const url = new URL(publicUrl);
  const origins = new Set([url.origin]);
  if (url.hostname === '127.0.0.1') origins.add(url.origin.replace('127.0.0.1', 'localhost'));
  return origins;
}

function isThisMachine(request: FastifyRequest): boolean {
  const { remoteAddress } = request.socket;
  const loopback = remoteAddress === '127.0.0.1' || remoteAddress === '::1' || remoteAddress === '::ffff:127.0.0.1';
  return loopback && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined;
}
