import type { RequestListener } from 'node:http';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { registerFaults } from './control/faults.ts';
import { registerMailboxes } from './control/mailboxes.ts';
import { registerPhones } from './control/phones.ts';
import { Faults } from './faults.ts';
import { readOrMakeKeys } from './identity/keys.ts';
import { identityProvider } from './identity/provider.ts';
import { listenHttp } from './listen.ts';
import { deliveryReport } from './mail/compose.ts';
import { announceLenderMail } from './mail/lender-webhook.ts';
import { Mailboxes } from './mail/mailboxes.ts';
import type { AcceptedMail, LenderMail } from './mail/records.ts';
import { listenSmtp } from './mail/smtp.ts';
import { Deliveries, type DeliveryTiming } from './phones/deliveries.ts';
import { PhoneNetwork } from './phones/network.ts';
import { registerTwilioApi } from './phones/twilio-api.ts';
import { Webhooks } from './phones/webhooks.ts';
import type { SandboxSettings } from './settings.ts';

export type RunningSandbox = {
  /** Base URL of the phone network, for `client.api.baseUrl`. */
  readonly smsUrl: string;
  readonly smtpUrl: string;
  /** `<base>/control`. */
  readonly controlUrl: string;
  /** Issuer of the identity provider: `<base>/oidc`. */
  readonly oidcUrl: string;
  close(): Promise<void>;
};

const OIDC_PATH = '/oidc';
const TIMING: DeliveryTiming = { sentAfterMs: 100, deliveredAfterMs: 400 };
const MAILER_DAEMON = 'mailer-daemon@mx.sandbox.example';

/** Starts phone network, mail server, identity provider and control API in this process. */
export async function startSandbox(
  settings: SandboxSettings,
  timing: DeliveryTiming = TIMING,
): Promise<RunningSandbox> {
  const { account, home, publicUrl } = settings;
  const network = await PhoneNetwork.open(home);
  const mailboxes = await Mailboxes.open(home);
  const faults = new Faults();
  const webhooks = new Webhooks(account.authToken);
  const deliveries = new Deliveries({ account, network, faults, webhooks, timing });
  const ending = new AbortController();

  function announce(mail: LenderMail): void {
    const product = { publicUrl, key: account.mailWebhookKey };
    announceLenderMail(product, mail, ending.signal).catch((error: unknown) => webhooks.note('mail webhook', error));
  }

  async function bounce(mail: AcceptedMail): Promise<void> {
    const raw = deliveryReport(mail, mail.bounced ?? '5.0.0');
    announce(
      await mailboxes.deliverToLender({ kind: 'delivery-report', from: MAILER_DAEMON, to: account.lenderMailbox, raw }),
    );
  }

  const app = Fastify({ logger: false, bodyLimit: 1024 * 1024 });
  await app.register(formbody);
  app.get('/healthz', async () => ({ ok: true }));
  registerTwilioApi(app, { account, network, faults, deliveries });
  await app.register(
    async (routes) => {
      guardControl(routes);
      registerFaults(routes, faults);
      registerPhones(routes, { account, network, faults, deliveries, webhooks, publicUrl });
      registerMailboxes(routes, { mailboxes, lenderMailbox: account.lenderMailbox, announce });
      routes.get('/trouble', async () => ({ lastTrouble: webhooks.lastTrouble }));
    },
    { prefix: '/control' },
  );
  await app.ready();

  const smtp = await listenSmtp(settings.smtpPort, { mailboxes, faults, onBounced: bounce });
  // Made at the first sign-in: the issuer's name holds the port, and most tests never sign in.
  let identity: Promise<RequestListener> | null = null;
  const door = await listenHttp(settings.httpPort, (request, response) => {
    if (request.url?.startsWith(`${OIDC_PATH}/`) !== true) return app.routing(request, response);
    identity ??= makeIdentity();
    identity.then(
      (handle) => handle(request, response),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const oidcUrl = door.url + OIDC_PATH;
  async function makeIdentity(): Promise<RequestListener> {
    return identityProvider({ issuer: oidcUrl, publicUrl, keys: await readOrMakeKeys(home) });
  }
  deliveries.resume();

  return {
    smsUrl: door.url,
    smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
    controlUrl: `${door.url}/control`,
    oidcUrl,
    async close() {
      ending.abort();
      deliveries.close();
      webhooks.close();
      await Promise.all([door.close(), smtp.close()]);
      await app.close();
      await Promise.all([network.close(), mailboxes.close()]);
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
