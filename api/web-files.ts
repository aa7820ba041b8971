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
  const indexFile = webDist === null ? null : join(webDist, 'index.html');

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

  async function page(reply: FastifyReply): Promise<FastifyReply> {
    // Read each time: the file is small, and a rebuilt app is served without a restart.
    if (indexFile === null || !existsSync(indexFile)) return refuse(reply, { code: 'not-found' });
    const nonce = pageHeaders(reply, { https });
    const html = readFileSync(indexFile, 'utf8').replaceAll('__STYLE_NONCE__', nonce);
    return reply.code(200).type('text/html; charset=utf-8').send(html);
  }

  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    return wantsPage && !notPages.test(path) ? page(reply) : refuse(reply, { code: 'not-found' });
  });
}
