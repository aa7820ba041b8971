import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Plant {
  file: string;
  find: string;
  put: string;
}

/** Bugs that a harness worth its name must catch: one of each kind, planted in a copy of the product. */
export const PLANTS: Record<string, readonly Plant[]> = {
  // The provider is called again by whoever finds the claim open, instead of being asked.
  'blind-retry': [
    {
      file: 'worker/settlement.ts',
      find: 'const finding = await ask(deps, claim);',
      put: `const finding: Finding = { kind: 'absent' };`,
    },
  ],
  // Nothing is remembered before the provider is called, neither the step nor the contact: whoever looks next sends again.
  'claim-after-send': [
    {
      file: 'activities/contact/claim.ts',
      find: "await reserveContact(client, draft, claim.id);\n  await recordClaimedSteps(client, what.allowed, draft, 'pending');\n  return {\n    kind: 'claimed'",
      put: "return {\n    kind: 'claimed'",
    },
    {
      file: 'activities/contact/claim.ts',
      find: 'const existing = await findSend(client, sendKey);',
      put: 'const existing: Awaited<ReturnType<typeof findSend>> = null;',
    },
    {
      file: 'activities/contact/claim.ts',
      find: 'const sendKey = `${stepKey(lead.planned.loanId, lead.step, attempt.personId)}/${attempt.channel}`;',
      put: 'const sendKey = `${stepKey(lead.planned.loanId, lead.step, attempt.personId)}/${attempt.channel}/${Math.random()}`;',
    },
  ],
  // The gate's facts are read without the locks, so a STOP can be committed between reading and claiming.
  'missing-lock': [
    {
      file: 'prisma/locks.ts',
      find: 'export async function lockForContact(',
      put: 'export async function lockForContact(_client: Client, _lock: { addressIds?: string[]; personIds: string[] }): Promise<void> {}\nasync function _unused(',
    },
    {
      file: 'activities/contact/claim.ts',
      find: 'return write(deps, client,',
      put: 'await new Promise((resolve) => setTimeout(resolve, 4_000));\n  return write(deps, client,',
    },
  ],
};

const root = join(import.meta.dirname, '..', '..');

/** The files of a plant with the bug in them. @throws when the text to replace is not there any more */
export function planted(name: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const { file, find, put } of PLANTS[name] ?? []) {
    const text = files.get(file) ?? readFileSync(join(root, file), 'utf8');
    if (!text.includes(find)) throw new Error(`plant ${name}: ${file} no longer holds the line to break`);
    files.set(file, text.replace(find, put));
  }
  return files;
}

/** Copies the product and plants the bug in the copy. */
export function plantedCopy(name: string, to: string): string {
  const files = planted(name);
  mkdirSync(to, { recursive: true });
  cpSync(root, to, {
    recursive: true,
    filter: (path) => !/^\/(?:(?:web\/)?node_modules|\.git|\.makegood|reports)(?:\/|$)/.test(path.slice(root.length)),
  });
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'));
  for (const [file, text] of files) writeFileSync(join(to, file), text);
  return to;
}
