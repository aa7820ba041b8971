import type { Queryable } from '../pool.ts';

/** A mapping saved by name; as it was written, to be judged again by whoever uses it. */
export async function findMapping(db: Queryable, name: string): Promise<unknown> {
  const { rows } = await db.query<{ content: unknown }>('select content from import_mapping where name = $1', [name]);
  return rows[0]?.content ?? null;
}

export interface SavedMapping {
  name: string;
  content: unknown;
  setAt: string;
  actor: string;
}

/** Every saved mapping, by name. */
export async function listMappings(db: Queryable): Promise<SavedMapping[]> {
  const { rows } = await db.query<{ name: string; content: unknown; set_at: Date; actor: string }>(
    'select name, content, set_at, actor from import_mapping order by name limit 500',
  );
  return rows.map(({ name, content, set_at: setAt, actor }) => ({ name, content, setAt: setAt.toISOString(), actor }));
}

export async function saveMapping(
  db: Queryable,
  mapping: { name: string },
  by: { actor: string; nowMs: number },
): Promise<void> {
  // prettier-ignore
  await db.query(
    `insert into import_mapping (name, content, set_at, actor) values ($1, $2, to_timestamp($3::double precision / 1000), $4)
     on conflict (name) do update set content = excluded.content, set_at = excluded.set_at, actor = excluded.actor`,
    [mapping.name, JSON.stringify(mapping), by.nowMs, by.actor],
  );
}
