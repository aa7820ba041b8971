import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repoRoot } from '../../cli/start/paths.ts';
import { introspectSchema } from '../../scripts/introspect-schema.ts';
import { freshDatabase } from '../support/servers.ts';

describe('prisma/schema.prisma', () => {
  it('says what the migrated database is (else: node scripts/pull-schema.ts)', async () => {
    const { url } = await freshDatabase();
    expect(await introspectSchema(url)).toBe(readFileSync(join(repoRoot, 'prisma', 'schema.prisma'), 'utf8'));
  });
});
