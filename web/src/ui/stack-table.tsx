import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface Given {
  label: string;
  columns: readonly { title: string; align?: 'right' }[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

/** A table whose rows stand as cards in a narrow window, each cell beside the title of its column. The first names the row. */
export function StackTable({ label, columns, rows }: Given): ReactNode {
  return (
    <Table verticalSpacing={4} className="stack-table" aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ title, align }) => (
            <Table.Th key={title} ta={align ?? 'left'}>
              {title}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ key, cells }) => (
          <Table.Tr key={key}>
            {cells.map((cell, index) => {
              const { title = '', align } = columns[index] ?? {};
              return index === 0 ? (
                <Table.Th key={title} scope="row" fw={400}>
                  {cell}
                </Table.Th>
              ) : (
                <Table.Td key={title} ta={align ?? 'left'} data-title={title}>
                  {cell}
                </Table.Td>
              );
            })}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
