import http from 'node:http';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { registerFaults } from './control/faults.ts';
import { registerMailboxes } from './control/mailboxes.ts';
import { registerPhones } from './control/phones.ts';
import { Faults } from './faults.ts';
import { deliveryReport } from './mail/compose.ts';
import { announceLenderMail } from './mail/lender-webhook.ts';
import { Mailboxes } from './mail/mailboxes.ts';
import type { LenderMail } from './mail/records.ts';
import { listenSmtp } from './mail/smtp.ts';
import { Deliveries, type DeliveryTiming } from './phones/deliveries.ts';
import { PhoneNetwork } from './phones/network.ts';
import { registerTwilioApi } from './phones/twilio-api.ts';
import { Webhooks } from './phones/webhooks.ts';
import type { SandboxSettings } from './settings.ts';

export type RunningSandbox = {
  readonly smsUrl: string;
  readonly smtpUrl: string;
  readonly controlUrl: string;
  readonly oidcUrl: string;
  close(): Promise<void>;
};

const TIMING: DeliveryTiming = { sentAfterMs: 100, deliveredAfterMs: 400 };

/** Starts phone network, mail server, identity provider and control API in this process. */
export async function startSandbox(
  settings: SandboxSettings,
  timing: DeliveryTiming = TIMING,
): Promise<RunningSandbox> {
  const network = await PhoneNetwork.open(settings.home);
  const mailboxes = await Mailboxes.open(settings.home);
  const faults = new Faults();
  const webhooks = new Webhooks();
  const deliveries = new Deliveries({ network, faults, webhooks, timing });
  const ending = new AbortController();

  const announce = (mail: LenderMail): void => {
    announceLenderMail(settings.publicUrl, mail, ending.signal).catch((error: unknown) =>
      webhooks.note('mail webhook', error),
    );
  };
  const smtp = await listenSmtp(settings.smtpPort, {
    mailboxes,
    faults,
    onBounced(mail) {
      const raw = deliveryReport(mail, mail.bounced ?? '5.0.0');
      mailboxes
        .deliverToLender({ kind: 'delivery-report', from: 'mailer-daemon@mx.sandbox.example', raw })
        .then(announce)
        .catch((error: unknown) => webhooks.note('delivery report', error));
    },
  });

  const app = Fastify({ logger: false, bodyLimit: 1024 * 1024 });
  await app.register(formbody);
  registerTwilioApi(app, { network, faults, deliveries });
  await app.register(
    async (control) => {
      guardControl(control);
      registerFaults(control, faults);
      registerPhones(control, { network, faults, deliveries, webhooks, publicUrl: settings.publicUrl });
      registerMailboxes(control, { mailboxes, announce });
      control.get('/trouble', async () => ({ lastTrouble: webhooks.lastTrouble }));
    },
    { prefix: '/control' },
  );
  app.get('/healthz', async () => ({ ok: true }));
  await app.ready();

  const server = http.createServer((request, response) => app.routing(request, response));
  const url = await listen(server, settings.httpPort);
  deliveries.resume();

  return {
    smsUrl: url,
    smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
    controlUrl: `${url}/control`,
    oidcUrl: `${url}/oidc`,
    async close() {
      ending.abort();
      deliveries.close();
      webhooks.close();
      // Calls that hang on purpose would keep the server open for ever.
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await smtp.close();
      await app.close();
      await network.close();
      await mailboxes.close();
    },
  };
}

/** Only this machine, and only by a name that a web page elsewhere cannot make its own (DNS rebinding). */
function guardControl(control: FastifyInstance): void {
  control.addHook('onRequest', async (request, reply) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) {
      await reply.code(421).send({ error: 'the control API answers on loopback names only' });
    }
  });
  control.setErrorHandler((error, _request, reply) => {
    if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
    throw error;
  });
}

async function listen(server: http.Server, port: number): Promise<string> {
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      ready();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox has no port');
  return `http://127.0.0.1:${address.port}`;
}
