import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import type { Metrics } from '../metrics.ts';
import { mailWebhook } from '../webhooks/mail.ts';
import { smsWebhooks } from '../webhooks/sms.ts';
import { accountRoutes } from './accounts.ts';
import { agreementRoutes } from './agreements.ts';
import { borrowerRoutes } from './borrower.ts';
import { clockRoutes } from './clock.ts';
import { documentRoutes } from './documents.ts';
import { eventRoutes } from './events.ts';
import { healthRoutes } from './health.ts';
import { importRoutes } from './imports.ts';
import { letterRoutes } from './letters.ts';
import { linkRoutes } from './links.ts';
import { moneyRoutes } from './money.ts';
import { policyRoutes } from './policies.ts';
import { reportRoutes } from './reports.ts';
import { sandboxRoutes } from './sandbox.ts';
import { sessionRoutes } from './session.ts';
import { stopPages } from './stop-page.ts';
import { switchRoutes } from './switches.ts';
import { whyRoutes } from './why.ts';
import { workRoutes } from './work.ts';

/** Every route of the API, by noun. */
export async function registerRoutes(app: App, deps: ApiDeps, metrics: Metrics): Promise<void> {
  healthRoutes(app, deps, metrics);
  sessionRoutes(app, deps);
  moneyRoutes(app, deps);
  accountRoutes(app, deps);
  agreementRoutes(app, deps);
  await documentRoutes(app, deps);
  whyRoutes(app, deps);
  workRoutes(app, deps);
  switchRoutes(app, deps);
  policyRoutes(app, deps);
  reportRoutes(app, deps);
  importRoutes(app, deps);
  clockRoutes(app, deps);
  await eventRoutes(app, deps);
  await sandboxRoutes(app, deps);
  letterRoutes(app, deps);
  linkRoutes(app, deps);
  borrowerRoutes(app, deps);
  await stopPages(app, deps);
  await smsWebhooks(app, deps);
  await mailWebhook(app, deps);
}
