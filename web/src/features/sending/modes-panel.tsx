import { Button, Group, NativeSelect, NumberInput, Stack, Table, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { SendModes, SetSendMode } from '../../../../api/schemas/send-modes.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { count, when, words } from '../../lib/format.ts';
import { useMay, useZone } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { Tone } from '../../ui/tag.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

const tones: Record<SetSendMode['mode'], Tone> = { off: 'quiet', shadow: 'info', pilot: 'warn', on: 'good' };
const products = [
  '*',
  'auto',
  'rv',
  'boat',
  'mortgage',
  'heloc',
  'home-equity-closed-end',
  'personal',
  'card',
  'overdraft',
  'commercial',
  'manufactured-home',
];

/** off: nothing; shadow: decided and written, never sent; pilot: to named people up to a daily number; on. */
export function ModesPanel(): ReactNode {
  const zone = useZone();
  const may = useMay();
  const modes = useQuery({
    queryKey: ['send-modes'],
    queryFn: ({ signal }) => api.get<SendModes>('/api/send-modes', signal),
  });
  return (
    <Panel title="Send modes">
      <Answer query={modes}>
        {(data) => (
          <Stack gap="sm">
            <WideTable label="Send modes of channels" minWidth={420}>
              <Table verticalSpacing={4}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Channel</Table.Th>
                    <Table.Th>Product</Table.Th>
                    <Table.Th>Mode</Table.Th>
                    <Table.Th>Set by</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.modes.map((row) => (
                    <Table.Tr key={`${row.channel}/${row.product}`}>
                      <Table.Td>{row.channel === 'sms' ? 'Text' : words(row.channel)}</Table.Td>
                      <Table.Td>{row.product === '*' ? 'every product' : words(row.product)}</Table.Td>
                      <Table.Td>
                        <Tag tone={tones[row.mode]}>{row.mode}</Tag>{' '}
                        {row.dailyMaximum === null ? '' : `up to ${count(row.dailyMaximum)} a day`}
                      </Table.Td>
                      <Table.Td>
                        {row.setBy}
                        <Text size="xs" c="dimmed">
                          {when(row.setAt, zone)}
                        </Text>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </WideTable>
            {data.modes.length === 0 ? <Text size="sm">No mode is set: nothing leaves.</Text> : null}
            {may('mode.set') ? (
              <>
                <ModeForm />
                <PilotForm people={data.pilotPeople} />
              </>
            ) : null}
          </Stack>
        )}
      </Answer>
    </Panel>
  );
}

function ModeForm(): ReactNode {
  const [channel, setChannel] = useState('sms');
  const [product, setProduct] = useState('*');
  const [mode, setMode] = useState<SetSendMode['mode']>('shadow');
  const [most, setMost] = useState<number | null>(null);
  const command = useCommand({
    run: (body: SetSendMode) => api.put<SendModes>(`/api/send-modes/${channel}/${encodeURIComponent(product)}`, body),
    said: () => 'Mode set.',
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    command.mutate({ mode, dailyMaximum: mode === 'pilot' ? most : null });
  };
  return (
    <form onSubmit={submit} aria-label="Set a send mode">
      <Group gap="xs" align="end">
        <NativeSelect
          label="Channel"
          data={[
            { value: 'sms', label: 'Text' },
            { value: 'email', label: 'E-mail' },
            { value: 'letter', label: 'Letter' },
          ]}
          value={channel}
          onChange={(event) => setChannel(event.currentTarget.value)}
        />
        <NativeSelect
          label="Product"
          data={products.map((value) => ({ value, label: value === '*' ? 'Every product' : words(value) }))}
          value={product}
          onChange={(event) => setProduct(event.currentTarget.value)}
        />
        <NativeSelect
          label="Mode"
          data={['off', 'shadow', 'pilot', 'on']}
          value={mode}
          onChange={(event) => setMode(event.currentTarget.value as SetSendMode['mode'])}
        />
        {mode === 'pilot' ? (
          <NumberInput
            label="At most a day"
            min={0}
            max={100_000}
            value={most ?? ''}
            onChange={(value) => setMost(value === '' ? null : Number(value))}
            w={120}
            allowDecimal={false}
          />
        ) : null}
        <Button type="submit" loading={command.isPending}>
          Set
        </Button>
      </Group>
      {command.error === null ? null : (
        <Text size="sm" c="red" role="alert">
          {command.error.message}
        </Text>
      )}
    </form>
  );
}

function PilotForm({ people }: { people: number }): ReactNode {
  const [text, setText] = useState('');
  const command = useCommand({
    run: (body: { add: string[] }) =>
      api.post<{ pilotPeople: number; unknown?: string[] }>('/api/send-modes/pilot', body),
    said: (answer) =>
      answer.unknown === undefined || answer.unknown.length === 0
        ? 'Added to the pilot.'
        : `Not found: ${answer.unknown.join(', ')}`,
    onDone: () => setText(''),
  });
  const loans = text.split(/[\s,;]+/).filter((part) => part !== '');
  return (
    <details>
      <summary>Pilot: {count(people)} people</summary>
      <Stack gap={6} mt={6} align="flex-start">
        <Textarea
          label="Add by loan number"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          rows={2}
          w="100%"
          error={command.error?.message ?? null}
        />
        <Button
          size="compact-md"
          variant="default"
          disabled={loans.length === 0}
          loading={command.isPending}
          onClick={() => command.mutate({ add: loans })}
        >
          Add {count(loans.length)}
        </Button>
      </Stack>
    </details>
  );
}
