import { readSandboxSettings } from './settings.ts';
import { startSandbox } from './start.ts';
import {
  SANDBOX_ACCOUNT_SID,
  SANDBOX_AUTH_TOKEN,
  SANDBOX_FROM,
  SANDBOX_LENDER_MAILBOX,
  SANDBOX_MAIL_WEBHOOK_KEY,
} from './credentials.ts';

/** The sandbox as a process: says on one line where it listens, ends at SIGTERM. */
const sandbox = await startSandbox(readSandboxSettings(process.env));

const { smsUrl, smtpUrl, controlUrl, oidcUrl } = sandbox;
const keys = {
  accountSid: SANDBOX_ACCOUNT_SID,
  authToken: SANDBOX_AUTH_TOKEN,
  from: SANDBOX_FROM,
  lenderMailbox: SANDBOX_LENDER_MAILBOX,
  mailWebhookKey: SANDBOX_MAIL_WEBHOOK_KEY,
};
process.stdout.write(`${JSON.stringify({ ready: true, smsUrl, smtpUrl, controlUrl, oidcUrl, ...keys })}\n`);

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await sandbox.close();
  process.exitCode = 0;
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
