import { Button, Group, NativeSelect, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { FilePreview } from '../../../../api/schemas/intake.ts';
import { TABLE_NAMES } from '../../../../intake/tables.ts';
import { words } from '../../lib/format.ts';
import { ColumnLine } from './column-line.tsx';
import { columnsOf, cutsIn, guessColumns, listIn, tidy } from './mapping-draft.ts';
import type { FileMapping, TableChoice } from './mapping-draft.ts';

interface Given {
  rule: FileMapping;
  /** The chosen file that this entry reads, if one is there. */
  file: FilePreview | undefined;
  onChange: (rule: FileMapping) => void;
  onRemove: () => void;
}

const tables: readonly { value: TableChoice; label: string }[] = [
  { value: 'flat', label: 'Loan tape: loan and borrower in one line' },
  ...TABLE_NAMES.map((value) => ({ value, label: words(value) })),
];
const layouts = [
  { value: ',', label: 'Commas (CSV)' },
  { value: '|', label: 'Bars (pipe)' },
  { value: ';', label: 'Semicolons' },
  { value: '\t', label: 'Tabs' },
  { value: 'fixed', label: 'Fixed width' },
];

/** One table that is read from one file: its format, and where each column comes from. */
export function RuleEditor({ rule, file, onChange, onRemove }: Given): ReactNode {
  const [more, setMore] = useState<readonly string[]>([]);
  const columns = columnsOf(rule.table);
  const shown = columns.filter(
    ({ name, required }) => required || rule.columns?.[name] !== undefined || more.includes(name),
  );
  const change = (part: Partial<FileMapping>): void => onChange(tidy({ ...rule, ...part }));
  return (
    <Stack gap="xs" role="group" aria-label={`${rule.match} as ${rule.table}`} className="action-form">
      <Group gap="xs" align="end">
        <TextInput
          label="Files named (* for any run of characters)"
          size="xs"
          w={240}
          value={rule.match}
          onChange={(event) => onChange({ ...rule, match: event.currentTarget.value })}
        />
        <NativeSelect
          label="They hold"
          size="xs"
          data={[...tables]}
          value={rule.table}
          onChange={(event) => {
            const table = event.currentTarget.value as TableChoice;
            onChange({ ...rule, table, columns: guessColumns(table, file) });
          }}
        />
        <Button size="compact-xs" variant="subtle" color="red" onClick={onRemove}>
          Take this part out
        </Button>
      </Group>
      <Layout rule={rule} change={change} />
      <div>
        {shown.map((column) => (
          <ColumnLine
            key={`${rule.table}/${column.name}`}
            column={column}
            source={rule.columns?.[column.name]}
            from={file?.columns ?? []}
            onChange={(source) => {
              const { [column.name]: _before, ...others } = rule.columns ?? {};
              onChange({ ...rule, columns: source === undefined ? others : { ...others, [column.name]: source } });
            }}
          />
        ))}
      </div>
      <NativeSelect
        label="Another column of ours"
        size="xs"
        w={260}
        value=""
        data={[
          { value: '', label: 'Choose…' },
          ...columns.filter((column) => !shown.includes(column)).map(({ name }) => ({ value: name, label: name })),
        ]}
        onChange={(event) => setMore([...more, event.currentTarget.value])}
      />
    </Stack>
  );
}

function Layout({ rule, change }: { rule: FileMapping; change: (part: Partial<FileMapping>) => void }): ReactNode {
  const { format } = rule;
  const value = format === undefined ? ',' : format.type === 'csv' ? format.delimiter : format.type === 'pipe' ? '|' : 'fixed'; // prettier-ignore
  const header = format === undefined || format.type === 'fixed' ? undefined : format.header;
  const [cuts, setCuts] = useState(() =>
    format?.type === 'fixed'
      ? format.columns.map(({ name, start, length }) => `${name} ${start} ${length}`).join('\n')
      : '',
  );
  const layout = (kind: string, names: string[] | undefined, cutsNow = cuts): void => {
    const named = names === undefined ? {} : { header: names };
    if (kind === 'fixed') {
      const columns = cutsIn(cutsNow);
      // Nothing is cut yet: one column of the whole line shows what there is to cut.
      change({ format: { type: 'fixed', columns: columns.length > 0 ? columns : [{ name: 'LINE', start: 1, length: 60 }] } }); // prettier-ignore
    } else change({ format: kind === '|' ? { type: 'pipe', ...named } : { type: 'csv', delimiter: kind, ...named } });
  };
  return (
    <Group gap="xs" align="end">
      <NativeSelect
        label="Columns are parted by"
        size="xs"
        data={layouts}
        value={value}
        onChange={(event) => layout(event.currentTarget.value, header)}
      />
      {value === 'fixed' ? (
        <Textarea
          label="Columns: name, first character, length, a line each"
          size="xs"
          autosize
          minRows={3}
          miw={240}
          placeholder={'ACCT 1 10\nBALANCE 11 9'}
          value={cuts}
          onChange={(event) => {
            setCuts(event.currentTarget.value);
            layout('fixed', undefined, event.currentTarget.value);
          }}
        />
      ) : (
        <TextInput
          label="Names, by commas, where the file has no line of them"
          size="xs"
          w={300}
          defaultValue={header?.join(', ') ?? ''}
          onChange={(event) => layout(value, listIn(event.currentTarget.value))}
        />
      )}
      <NativeSelect
        label="Encoding"
        size="xs"
        data={['utf-8', 'windows-1252']}
        value={rule.encoding ?? 'utf-8'}
        onChange={(event) => change({ encoding: event.currentTarget.value === 'utf-8' ? undefined : 'windows-1252' })}
      />
      <TextInput
        label="Lines before the names"
        size="xs"
        w={140}
        inputMode="numeric"
        defaultValue={rule.skipLines === undefined ? '' : String(rule.skipLines)}
        onChange={(event) => {
          const lines = Number.parseInt(event.currentTarget.value, 10);
          change({ skipLines: Number.isNaN(lines) || lines <= 0 ? undefined : lines });
        }}
      />
      <TextInput
        label="Lines that begin so are no rows, by commas"
        size="xs"
        w={220}
        defaultValue={rule.ignoreLinesStartingWith?.join(', ') ?? ''}
        onChange={(event) => change({ ignoreLinesStartingWith: listIn(event.currentTarget.value) })}
      />
      {rule.columns === undefined ? <Text size="xs">Our own column names are read.</Text> : null}
    </Group>
  );
}
