import { readSandboxSettings } from './settings.ts';
import { startSandbox } from './start.ts';

/** The sandbox as a process: says on one line where it listens, ends at SIGTERM. */
const sandbox = await startSandbox(readSandboxSettings(process.env));

const { smsUrl, smtpUrl, controlUrl, oidcUrl } = sandbox;
process.stdout.write(`${JSON.stringify({ ready: true, smsUrl, smtpUrl, controlUrl, oidcUrl })}\n`);

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await sandbox.close();
  process.exitCode = 0;
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
