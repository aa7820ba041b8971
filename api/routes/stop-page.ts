import formbody from '@fastify/formbody';
import { z } from 'zod';
import { readUnsubscribeToken } from '../../channels/mail-ids.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { stopAddress, stopByHand } from '../../prisma/self-service.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { pageHeaders } from '../security.ts';

const form = z.object({ code: z.string().max(254).default('') });
const params = z.object({ token: z.string().max(200) });

/** Stopping without JavaScript and without signing in: a form, and the one click of a mail program (RFC 8058). */
export async function stopPages(parent: App, deps: ApiDeps): Promise<void> {
  const { pool, settings } = deps;
  const https = settings.publicUrl.startsWith('https:');
  await parent.register(async (plugin) => {
    await plugin.register(formbody, { bodyLimit: 4096 });
    const app: App = plugin.withTypeProvider();
    const config = { access: 'form', rateLimit: { max: 30, timeWindow: '1 hour' } } as const;
    const hide = { hide: true };

    app.get('/stop', { config, schema: hide }, async (_request, reply) => {
      const nonce = pageHeaders(reply, { https });
      return reply.type('text/html; charset=utf-8').send(asPage(settings.lender, nonce, question('/stop', 'code')));
    });
    app.post('/stop', { config, schema: { ...hide, body: form } }, async (request, reply) => {
      const { code } = request.body;
      if (code.trim() !== '') await inTransaction(pool, (client) => stopByHand(client, code, 'form'));
      const nonce = pageHeaders(reply, { https });
      return reply.type('text/html; charset=utf-8').send(asPage(settings.lender, nonce, DONE));
    });

    app.get('/unsubscribe/:token', { config, schema: { ...hide, params } }, async (request, reply) => {
      // A link scanner opens every link of a mail: opening asks, only the button stops.
      const nonce = pageHeaders(reply, { https });
      const action = `/unsubscribe/${encodeURIComponent(request.params.token)}`;
      return reply.type('text/html; charset=utf-8').send(asPage(settings.lender, nonce, question(action, 'button')));
    });
    app.post('/unsubscribe/:token', { config, schema: { ...hide, params } }, async (request, reply) => {
      const sendId =
        settings.mailIdKey === null ? null : readUnsubscribeToken(settings.mailIdKey, request.params.token);
      if (sendId !== null) {
        const { rows } = await pool.query<{ value: string }>(
          'select a.value from send s join address a on a.id = s.address_id where s.id::text = $1',
          [sendId],
        );
        const [address] = rows;
        if (address !== undefined)
          await inTransaction(pool, (client) => stopAddress(client, address.value, 'unsubscribe'));
      }
      const nonce = pageHeaders(reply, { https });
      return reply.type('text/html; charset=utf-8').send(asPage(settings.lender, nonce, DONE));
    });
  });
}

const DONE = `<h1>Done</h1><p>If we held that number or address, we will not send messages to it any more. Nothing else changes.</p>`;

function question(action: string, ask: 'code' | 'button'): string {
  const field = `<label for="code">The code in our message, or your telephone number, or your e-mail address</label>
<input id="code" name="code" required minlength="5" maxlength="254" autocomplete="off" autocapitalize="characters">`;
  return `<h1>Stop messages</h1>
<p>No more messages will be sent to the number or address that you name. You need not say why.</p>
<form method="post" action="${escapeHtml(action)}">${ask === 'code' ? field : ''}<button type="submit">Stop messages</button></form>`;
}

function asPage(lender: { name: string; phone: string }, nonce: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(lender.name)}</title>
<style nonce="${nonce}">body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}label{display:block;margin:1rem 0 .25rem}input{font:inherit;width:100%;box-sizing:border-box;padding:.6rem;border:1px solid #767676;border-radius:.4rem}button{font:inherit;margin-top:1rem;padding:.7rem 1.2rem;border:0;border-radius:.4rem;background:#1b4d8f;color:#fff}footer{margin-top:2rem;color:#595959}</style>
</head><body><main>${body}</main><footer>${escapeHtml(lender.name)} · ${escapeHtml(lender.phone)}</footer></body></html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
