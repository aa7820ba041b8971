import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { LetterSummary, PrintOrder } from '../../../../api/schemas/letters.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { count, when } from '../../lib/format.ts';
import { useMay, useZone } from '../../lib/session.ts';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';

/** Hands what waits to the printer, and says what came of the last times. */
export function ReleasePanel({ summary }: { summary: LetterSummary }): ReactNode {
  const may = useMay();
  // One key a click that may be repeated: a second one with it changes nothing.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const command = useCommand({
    run: () => api.postOnce<{ id: string }>('/api/letters/release', {}, key),
    said: () => 'Asked for. Each letter is judged once more, set as PDF and put in the batch.',
    onDone: () => setKey(crypto.randomUUID()),
  });
  const underWay = summary.orders.some((order) => order.state === 'open');
  const { waiting } = summary.counts;
  return (
    <Panel title="Print queue">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {waiting === 1 ? 'One letter waits.' : `${count(waiting)} letters wait.`}{' '}
          {underWay ? 'A release is under way.' : ''}
        </Text>
        {may('letter.act') ? (
          <Button
            loading={command.isPending}
            disabled={waiting === 0 || underWay}
            onClick={() => command.mutate(undefined)}
          >
            Release to the printer
          </Button>
        ) : null}
        {command.error === null ? null : (
          <Text size="sm" c="red" role="alert">
            {command.error.message}
          </Text>
        )}
        {summary.orders.length === 0 ? null : (
          <ul className="plain">
            {summary.orders.map((order) => (
              <li key={order.id}>
                <OneOrder order={order} mayRead={may('letter.act')} />
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Panel>
  );
}

function OneOrder({ order, mayRead }: { order: PrintOrder; mayRead: boolean }): ReactNode {
  const zone = useZone();
  const left = [...order.waiting, ...order.recalled];
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Tag tone={order.state === 'open' ? 'info' : 'quiet'}>{order.state === 'open' ? 'under way' : 'done'}</Tag>
        <Text size="sm">
          {order.batchId === null ? 'Nothing released' : `Batch ${order.batchId}: ${count(order.released)} released`}
        </Text>
        {order.batchId === null || !mayRead ? null : (
          <Anchor size="sm" href={`/api/print-batches/${order.batchId}/manifest.csv`} download underline="always">
            List for the printer (CSV)
          </Anchor>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        Asked by {order.askedBy}, {when(order.askedAt, zone)}
      </Text>
      {left.length === 0 ? null : (
        <details>
          <summary>Not released: {count(left.length)}</summary>
          <ul className="plain">
            {left.slice(0, 50).map(({ letterId, why }) => (
              <li key={letterId}>
                <Text size="xs">
                  {letterId.slice(0, 8)}: {why}
                </Text>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Stack>
  );
}
