import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { App } from './app-type.ts';
import type { ApiSettings } from './deps.ts';
import { refuse } from './problems.ts';
import { pageHeaders } from './security.ts';

/** Paths that are never a page: a mistyped one is a 404, not the app. */
const notPages = /^\/(api|auth|webhooks|metrics|status|healthz|readyz|openapi\.json|assets)(\/|$)/;

/** Serves the built web app: hashed files for a year, the page itself with a fresh style nonce for any path of the app. */
export async function registerWebFiles(app: App, settings: ApiSettings): Promise<void> {
  const { webDist } = settings;
  const https = settings.publicUrl.startsWith('https:');

  if (webDist !== null) {
    await app.register(fastifyStatic, {
      root: join(webDist, 'assets'),
      prefix: '/assets/',
      decorateReply: false,
      index: false,
      immutable: true,
      maxAge: '365d',
      cacheControl: true,
    });
  }

  async function page(reply: FastifyReply, file: 'index.html' | 'p.html'): Promise<FastifyReply> {
    const path = webDist === null ? null : join(webDist, file);
    // Read each time: the file is small, and a rebuilt app is served without a restart.
    if (path === null || !existsSync(path)) return refuse(reply, { code: 'not-found' });
    const nonce = pageHeaders(reply, { https });
    const html = readFileSync(path, 'utf8').replaceAll('__STYLE_NONCE__', nonce);
    return reply.code(200).type('text/html; charset=utf-8').send(html);
  }

  if (webDist !== null) {
    // The borrower's page is a program of its own: no line of the staff's app is in it, and no search engine lists it.
    for (const url of ['/p', '/pay']) {
      app.get(url, { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
        page(reply.header('x-robots-tag', 'noindex'), 'p.html'),
      );
    }
  }

  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    return wantsPage && !notPages.test(path) ? page(reply, 'index.html') : refuse(reply, { code: 'not-found' });
  });
}
