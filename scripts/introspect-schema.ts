import { readFileSync } from 'node:fs';
import pg from 'pg';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg';
import { camelSchema } from './camel-schema.ts';

/** Node has it, `types: ["node"]` without the browser's library does not say so. */
declare const WebAssembly: {
  instantiate(
    code: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

const HEAD = `generator client {
  provider            = "prisma-client"
  output              = "./generated"
  importFileExtension = "ts"
}

datasource db {
  provider = "postgresql"
}
`;

/** Today's schema of a database as `prisma/schema.prisma` has it: read by Prisma's own engine, named as our code names. */
export async function introspectSchema(databaseUrl: string): Promise<string> {
  await loadEngine();
  const pool = new pg.Pool({ connectionString: databaseUrl, options: '-c timezone=UTC' });
  try {
    return camelSchema(await introspect(pool));
  } finally {
    await pool.end();
  }
}

async function introspect(pool: pg.Pool): Promise<string> {
  const adapter = bindMigrationAwareSqlAdapterFactory(introspecting(pool));
  const files = [{ path: 'schema.prisma', content: HEAD }];
  const engine = await wasm.SchemaEngine.new({ datamodels: [['schema.prisma', HEAD]] }, () => undefined, adapter);
  const answer = await engine.introspect({
    schema: { files },
    baseDirectoryPath: '/',
    force: true,
    compositeTypeDepth: 0,
    namespaces: null,
  });
  return answer.schema.files.map((file) => file.content).join('\n');
}

let loaded = false;

async function loadEngine(): Promise<void> {
  if (loaded) return;
  loaded = true;
  // The engine reports a panic to this name, and dies speechless without it.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => {
        process.stderr.write(`${message}\n`);
      },
    },
  });
  const file = new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': { ...wasm } });
  wasm.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
}

const CHAR_OID = 18;
const TEXT_OID = 25;

/** The adapter refuses Postgres's one-byte `"char"`, which catalogue queries answer with; here it passes, typed as the engine wants it. */
function introspecting(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const charColumns = new WeakMap<object, number[]>();
  const readable = new Proxy(pool, {
    get(target, name) {
      if (name !== 'query') return Reflect.get(target, name, target) as unknown;
      return async (query: pg.QueryConfig) => {
        const result = await target.query(query);
        const at = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR_OID ? [index] : []));
        for (const field of result.fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = TEXT_OID;
        charColumns.set(result.rows, at);
        return result;
      };
    },
  });
  const factory = new PrismaPg(readable);
  const open = (adapter: SqlDriverAdapter): SqlDriverAdapter => {
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => open(await factory.connect()),
    connectToShadowDb: async () => open(await factory.connectToShadowDb()),
  };
}
