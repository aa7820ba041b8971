import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ApiSettings } from './deps.ts';

/** Headers, cookies and limits that every route has. */
export async function registerSecurity(app: FastifyInstance, settings: ApiSettings): Promise<void> {
  const https = settings.publicUrl.startsWith('https:');
  await app.register(cookie, { secret: settings.cookieKey });
  await app.register(helmet, {
    // Nothing that is not a page may load anything; pages set their own policy below.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"] },
    },
    strictTransportSecurity: https ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  // Per route where it is asked for: signed-in reads are not limited, doors to the outside are.
  await app.register(rateLimit, { global: false, keyGenerator: (request) => request.staff?.id ?? request.ip });
  app.addHook('onSend', async (_request, reply) => {
    // Personal data is in nearly every answer: nothing of it is kept by caches (ASVS 14.3.2).
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()');
  });
}

/**
 * The policy of our pages: scripts from our own files only; style elements from our files or with this page's nonce;
 * `style=` attributes are allowed because the component library positions things with them.
 * @returns the nonce to write into the page
 */
export function pageHeaders(reply: FastifyReply, options: { https: boolean }): string {
  const nonce = randomBytes(16).toString('base64');
  reply.helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", `'nonce-${nonce}'`],
        styleSrcElem: ["'self'", `'nonce-${nonce}'`],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'none'"],
        ...(options.https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
  });
  return nonce;
}
