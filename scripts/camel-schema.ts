/**
 * Gives an introspected schema the names our TypeScript uses: `send_mode.daily_maximum` becomes `SendMode.dailyMaximum`,
 * mapped back to the table and column. The engine's remarks about check constraints and expression indexes go: those are
 * read in the SQL migrations.
 */
export function camelSchema(schema: string): string {
  const tables = new Set([...schema.matchAll(/^model (\w+) \{$/gm)].map(([, name]) => name ?? ''));
  return schema
    .split('\n')
    .filter((line) => !/^\/\/\/ This (table|model) contains /.test(line))
    .join('\n')
    .replace(/^model (\w+) \{\n([\s\S]*?)\n\}$/gm, (_whole, table: string, body: string) =>
      renameModel(table, body.split('\n'), tables),
    );
}

interface Field {
  name: string;
  type: string;
  attributes: string;
}

function renameModel(table: string, lines: readonly string[], tables: ReadonlySet<string>): string {
  const found = lines.flatMap((line): Field[] => {
    const [, name, type, attributes] = /^ {2}(\w+) +(\S+) *(.*)$/.exec(line) ?? [];
    return name === undefined || type === undefined ? [] : [{ name, type, attributes: attributes ?? '' }];
  });
  const isRelation = (field: Field): boolean => tables.has(field.type.replace(/\W/g, ''));
  const columns = new Set(found.filter((field) => !isRelation(field)).map((field) => camel(field.name)));
  const fields = found.map((field) => (isRelation(field) ? renameRelation(field, columns) : renameColumn(field)));
  const widest = (part: 'name' | 'type'): number => Math.max(...fields.map((field) => field[part].length));
  const [names, types] = [widest('name'), widest('type')];
  const rules = lines.filter((line) => line.startsWith('  @@')).map((line) => line.replace(/\[[^\]]*\]/, camelInside));
  return [
    `model ${pascal(table)} {`,
    ...fields.map((field) => `  ${field.name.padEnd(names)} ${field.type.padEnd(types)} ${field.attributes}`.trimEnd()),
    '',
    ...rules,
    `  @@map("${table}")`,
    '}',
  ].join('\n');
}

function renameColumn({ name, type, attributes }: Field): Field {
  const mapped = camel(name) === name ? attributes : `${attributes} @map("${name}")`.trim();
  return { name: camel(name), type, attributes: mapped };
}

function renameRelation({ type, attributes }: Field, columns: ReadonlySet<string>): Field {
  const table = type.replace(/\W/g, '');
  const plain = camel(table);
  return {
    // A column may already have the table's name, as `policyVersion` has: then the field says that it is the row.
    name: columns.has(plain) ? `${plain}Row` : plain,
    type: type.replace(table, pascal(table)),
    attributes: attributes
      .replace(/^@relation\("\w+"\)$/, '')
      .replace(/^@relation\("\w+", /, '@relation(')
      .replaceAll(/\[[^\]]*\]/g, camelInside),
  };
}

function camelInside(list: string): string {
  return list.replaceAll(/[a-z][a-z0-9_]*/g, camel);
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

function pascal(name: string): string {
  const inner = camel(name);
  return inner.charAt(0).toUpperCase() + inner.slice(1);
}
