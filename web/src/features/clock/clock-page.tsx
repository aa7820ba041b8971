import { Button, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Advance, Advanced } from '../../../../api/schemas/sandbox.ts';
import { api } from '../../lib/api.ts';
import { count, when } from '../../lib/format.ts';
import { queryClient } from '../../lib/query-client.ts';
import { useClock, useMay, useZone } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { Happening } from './happening.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Moves the sandbox's business time; everything due on the way happens in its order, and is shown as it happens. */
export function ClockPage(): ReactNode {
  const clock = useClock();
  const zone = useZone();
  const may = useMay();
  const machine = useTimeMachine();
  const [days, setDays] = useState(7);
  const busy = machine.isPending || machine.playing || clock.data?.advancing === true;
  return (
    <Stack gap="md">
      <Title order={1}>Time machine</Title>
      <Answer query={clock}>
        {(data) =>
          data.sandbox ? (
            <Panel
              title={when(data.businessNow, zone)}
              side={busy ? <Tag tone="info">moving</Tag> : <Tag>at rest</Tag>}
            >
              <Stack gap="sm">
                <Facts
                  rows={[
                    ['Next due', data.nextWakeAt === null ? 'nothing' : when(data.nextWakeAt, zone)],
                    ['From the wall clock', `${count(Math.round(data.offsetMs / 3_600_000))} h`],
                    ['News on its way', `${count(data.outbox)} out, ${count(data.inbox)} in`],
                  ]}
                />
                {may('sandbox.clock') ? (
                  <Group gap="xs" align="end">
                    {machine.playing ? (
                      <Button onClick={machine.pause}>Pause</Button>
                    ) : (
                      <Button disabled={busy} onClick={machine.play}>
                        Play
                      </Button>
                    )}
                    <Button variant="default" disabled={busy} onClick={() => machine.go({ next: true })}>
                      To the next event
                    </Button>
                    <Button variant="default" disabled={busy} onClick={() => machine.go({ hours: 1 })}>
                      +1 hour
                    </Button>
                    <Button variant="default" disabled={busy} onClick={() => machine.go({ days: 1 })}>
                      +1 day
                    </Button>
                    <NumberInput
                      label="Days"
                      value={days}
                      onChange={(value) => setDays(Number(value))}
                      min={1}
                      max={120}
                      w={90}
                      allowDecimal={false}
                    />
                    <Button variant="default" disabled={busy || !(days >= 1)} onClick={() => machine.go({ days })}>
                      Forward
                    </Button>
                  </Group>
                ) : (
                  <Text size="sm" c="dimmed">
                    Only who may use the sandbox’s clock can move it.
                  </Text>
                )}
                {machine.error === null ? null : (
                  <Notice tone="bad" role="alert">
                    {machine.error.message}
                  </Notice>
                )}
                <div role="status">{machine.last === null ? null : <Journey journey={machine.last} zone={zone} />}</div>
              </Stack>
            </Panel>
          ) : (
            <Text>This is not a sandbox: time is real.</Text>
          )
        }
      </Answer>
      <Happening zone={zone} />
    </Stack>
  );
}

function Journey({ journey, zone }: { journey: Advanced; zone: string }): ReactNode {
  const total = journey.happened.reduce((sum, each) => sum + each.count, 0);
  return (
    <Stack gap={4}>
      <Text size="sm">
        From {when(journey.from, zone)} to {when(journey.to, zone)}:{' '}
        {total === 0 ? 'nothing happened.' : `${count(total)} events.`}
      </Text>
      <Group gap={4}>
        {journey.happened.map((each) => (
          <Tag key={each.kind}>
            {each.title} {count(each.count)}
          </Tag>
        ))}
      </Group>
    </Stack>
  );
}

/** One step at a time; play is one event after the other until paused. */
function useTimeMachine() {
  const [playing, setPlaying] = useState(false);
  const [last, setLast] = useState<Advanced | null>(null);
  const on = useRef(false);
  const step = useMutation({
    mutationFn: (body: Advance) => api.post<Advanced>('/api/clock/advance', body),
    onSuccess: (journey) => {
      setLast(journey);
      void queryClient.invalidateQueries({ predicate: ({ queryKey: [noun] }) => noun !== 'session' });
    },
  });
  useEffect(
    () => () => {
      on.current = false;
    },
    [],
  );
  const pause = (): void => {
    on.current = false;
    setPlaying(false);
  };
  const play = async (): Promise<void> => {
    on.current = true;
    setPlaying(true);
    try {
      while (on.current) {
        const journey = await step.mutateAsync({ next: true });
        // Nothing is due any more: playing on would stand still.
        if (journey.from === journey.to) break;
        await new Promise((resolve) => setTimeout(resolve, 700));
      }
    } catch {
      // The refusal stands on the page already.
    }
    pause();
  };
  return {
    playing,
    last,
    error: step.error,
    isPending: step.isPending,
    pause,
    play: () => void play(),
    go: (body: Advance) => step.mutate(body),
  };
}
