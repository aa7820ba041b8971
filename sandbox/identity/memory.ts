import type { Adapter, AdapterPayload } from 'oidc-provider';

type Kept = { payload: AdapterPayload; expiresAtMs: number };

/** Sign-ins under way, in memory: a restart asks people to click again, which is all a sandbox needs. */
export function memoryAdapter(): (model: string) => Adapter {
  const kept = new Map<string, Kept>();

  function read(key: string): AdapterPayload | undefined {
    const found = kept.get(key);
    if (found === undefined) return undefined;
    if (found.expiresAtMs > Date.now()) return found.payload;
    kept.delete(key);
    return undefined;
  }

  function sweep(): void {
    const nowMs = Date.now();
    for (const [key, { expiresAtMs }] of kept) if (expiresAtMs <= nowMs) kept.delete(key);
  }

  function readWhere(model: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, { payload }] of kept) if (key.startsWith(`${model}:`) && matches(payload)) return read(key);
    return undefined;
  }

  return (model) => {
    const keyOf = (id: string): string => `${model}:${id}`;
    return {
      async upsert(id, payload, expiresInSeconds = Infinity) {
        sweep();
        kept.set(keyOf(id), { payload, expiresAtMs: Date.now() + expiresInSeconds * 1_000 });
      },
      find: async (id) => read(keyOf(id)),
      findByUid: async (uid) => readWhere(model, (payload) => payload.uid === uid),
      findByUserCode: async (userCode) => readWhere(model, (payload) => payload.userCode === userCode),
      async consume(id) {
        const payload = read(keyOf(id));
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1_000);
      },
      async destroy(id) {
        kept.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
      },
    };
  };
}
