import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const secretsFile = z.object({
  createdAt: z.iso.datetime(),
  /** Base64 of 32 bytes each; the first encrypts, all decrypt. */
  codecKeys: z.array(z.object({ id: z.string(), key: z.string(), createdAt: z.iso.datetime() })).min(1),
  cookieKey: z.string(),
  databasePassword: z.string(),
});
export type Secrets = z.infer<typeof secretsFile>;

/** Keys of this instance, made on its first start and readable by its owner only. Losing them loses open workflows' data. */
export function readOrMakeSecrets(home: string): Secrets {
  const file = join(home, 'secrets.json');
  if (existsSync(file)) {
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
    return secretsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  }
  const createdAt = new Date().toISOString();
  const secrets: Secrets = {
    createdAt,
    codecKeys: [{ id: `k${createdAt.slice(0, 10)}`, key: randomBytes(32).toString('base64'), createdAt }],
    cookieKey: randomBytes(32).toString('base64'),
    databasePassword: randomBytes(18).toString('base64url'),
  };
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}
