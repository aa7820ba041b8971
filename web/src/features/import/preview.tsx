import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FilePreview, TablePreview } from '../../../../api/schemas/intake.ts';
import { dollars, words } from '../../lib/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { StackTable } from '../../ui/stack-table.tsx';
import { Tag } from '../../ui/tag.tsx';

/** The first rows of each file as they would be taken in, with what is wrong in them. Nothing of it is kept. */
export function Preview({ files }: { files: readonly FilePreview[] }): ReactNode {
  return (
    <Stack gap="sm" aria-label="Preview" role="region">
      {files.map((file) => (
        <FileView key={file.name} file={file} />
      ))}
    </Stack>
  );
}

function FileView({ file }: { file: FilePreview }): ReactNode {
  const bad = file.tables.reduce((sum, table) => sum + problems(table), 0);
  const seen = file.tables.length;
  return (
    <div>
      <Text fw={600} size="sm" className="wraps">
        {file.name}{' '}
        {file.problem !== null ? (
          <Tag tone="bad">cannot be read</Tag>
        ) : bad > 0 ? (
          <Tag tone="warn">{bad === 1 ? 'one problem' : `${bad} problems`}</Tag>
        ) : (
          <Tag tone="good">{seen === 0 ? 'the manifest' : 'reads well'}</Tag>
        )}
      </Text>
      {file.problem === null ? null : <Text size="sm">{file.problem}</Text>}
      {file.tables.map((table, index) => (
        // Two lines of a mapping may read the same table from one file.
        // oxlint-disable-next-line react/no-array-index-key
        <TableView key={`${table.table}/${index}`} table={table} file={file.name} />
      ))}
    </div>
  );
}

function problems(table: TablePreview): number {
  const cells = table.rows.flatMap((row) => row.cells).filter(({ problem }) => problem !== null).length;
  const rows = table.rows.filter(({ problem }) => problem !== null).length;
  return cells + rows + table.missing.length + table.notThere.length;
}

function TableView({ table, file }: { table: TablePreview; file: string }): ReactNode {
  const shown = table.rows.slice(0, 3);
  const columns = table.rows.find(({ cells }) => cells.length > 0)?.cells.map(({ column }) => column) ?? [];
  const cell = (row: TablePreview['rows'][number], index: number): ReactNode => {
    const { value = null, problem = null, type = '' } = row.cells[index] ?? {};
    if (problem !== null) return <Tag tone="bad">{problem}</Tag>;
    if (value === null) return '–';
    if (type === 'money') return dollars(Number(value));
    return type === 'flag' ? (value === 't' ? 'yes' : 'no') : value;
  };
  return (
    <details open={!table.flat || table.table === 'loans'}>
      <summary>
        {words(table.table)}
        {table.rows.length === 0 ? ': no row of this table among the first' : ''}
      </summary>
      {table.missing.length + table.notThere.length === 0 ? null : (
        <Notice tone="bad" title="Columns are missing">
          {table.missing.length === 0 ? null : `Nothing fills ${table.missing.join(', ')}, which must be there. `}
          {table.notThere.length === 0 ? null : `The file has no column ${table.notThere.join(', ')}.`}
        </Notice>
      )}
      {shown.length === 0 || columns.length === 0 ? null : (
        <StackTable
          label={`${words(table.table)} of ${file}`}
          columns={[{ title: 'Column' }, ...shown.map(({ line }) => ({ title: `Line ${line}` }))]}
          rows={columns.map((column, index) => ({
            key: column,
            cells: [column, ...shown.map((row) => cell(row, index))],
          }))}
        />
      )}
      {table.rows
        .filter(({ problem }) => problem !== null)
        .map(({ line, problem }) => (
          <Text key={line} size="sm">
            Line {line}: {problem}
          </Text>
        ))}
      {table.unknown.length === 0 ? null : (
        <Text size="xs" c="dimmed" className="wraps">
          Not read: {table.unknown.join(', ')}
        </Text>
      )}
    </details>
  );
}
