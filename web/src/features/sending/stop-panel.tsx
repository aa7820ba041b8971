import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { LiftAnswer, SetStopSwitch, StopSwitch, StopSwitches } from '../../../../api/schemas/stop-switch.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { when, words } from '../../lib/format.ts';
import { stopName } from '../../lib/stop-name.ts';
import { useMay, useSession, useZone } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { Notice } from '../../ui/notice.tsx';

const scopes = [
  { value: 'all/*', label: 'Everything' },
  { value: 'channel/sms', label: 'Texts' },
  { value: 'channel/email', label: 'E-mails' },
  { value: 'channel/letter', label: 'Letters' },
];

/** One manager stops; two different people let go again. */
export function StopPanel(): ReactNode {
  const may = useMay();
  const zone = useZone();
  const switches = useQuery({
    queryKey: ['stop-switches'],
    queryFn: ({ signal }) => api.get<StopSwitches>('/api/stop-switches', signal),
  });
  return (
    <Panel title="Stop switch">
      <Answer query={switches}>
        {({ rows }) => {
          const set = rows.filter((row) => row.liftedAt === null);
          const lifted = rows.filter((row) => row.liftedAt !== null);
          return (
            <Stack gap="sm">
              {set.length === 0 ? (
                <Text size="sm">Not set.</Text>
              ) : (
                set.map((stop) => <SetOne key={stop.id} stop={stop} zone={zone} />)
              )}
              {may('stop.set') ? <SetForm /> : null}
              {lifted.length === 0 ? null : (
                <details>
                  <summary>Lifted before ({lifted.length})</summary>
                  <ul className="plain">
                    {lifted.map((stop) => (
                      <li key={stop.id}>
                        <Text size="sm">
                          <b>{words(stopName(stop))}</b>: {stop.reason}
                        </Text>
                        <Text size="xs" c="dimmed">
                          Set by {stop.setBy}, {when(stop.setAt, zone)}; lifted by {stop.liftAskedBy} and{' '}
                          {stop.liftedBy}, {when(stop.liftedAt, zone)}
                        </Text>
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </Stack>
          );
        }}
      </Answer>
    </Panel>
  );
}

function SetOne({ stop, zone }: { stop: StopSwitch; zone: string }): ReactNode {
  const may = useMay();
  const { data: session } = useSession();
  const command = useCommand({
    run: () => api.post<LiftAnswer>(`/api/stop-switches/${stop.id}/lift`),
    said: (answer) =>
      answer.state === 'lifted' ? 'Lifted: messages may leave again.' : 'Asked for: another manager must lift it.',
  });
  const mine = stop.liftAskedBy !== null && stop.liftAskedBy === session?.staff.email;
  return (
    <Notice tone="bad" title={`Stopped: ${stopName(stop)}`}>
      <Stack gap={6} align="flex-start">
        <Text size="sm">{stop.reason}</Text>
        <Text size="xs">
          Set by {stop.setBy}, {when(stop.setAt, zone)}
        </Text>
        {stop.liftAskedBy === null ? null : (
          <Tag tone="warn">
            {mine ? 'You asked to lift it; another manager must agree' : `${stop.liftAskedBy} asks to lift it`}
          </Tag>
        )}
        {may('stop.set') && !mine ? (
          <Button
            size="compact-md"
            variant="default"
            loading={command.isPending}
            onClick={() => command.mutate(undefined)}
          >
            {stop.liftAskedBy === null ? 'Ask to lift' : 'Lift'}
          </Button>
        ) : null}
        {command.error === null ? null : (
          <Text size="sm" role="alert">
            {command.error.message}
          </Text>
        )}
      </Stack>
    </Notice>
  );
}

function SetForm(): ReactNode {
  const [scope, setScope] = useState('all/*');
  const [reason, setReason] = useState('');
  const command = useCommand({
    run: (body: SetStopSwitch) => api.post<{ id: string }>('/api/stop-switches', body),
    said: () => 'Stopped. Nothing in this scope leaves from now on.',
    onDone: () => setReason(''),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const [kind = 'all', value = '*'] = scope.split('/');
    if (reason.trim() !== '') command.mutate({ scope: kind as SetStopSwitch['scope'], value, reason: reason.trim() });
  };
  return (
    <form onSubmit={submit} aria-label="Set the stop switch">
      <Group gap="xs" align="end">
        <NativeSelect
          label="Stop"
          data={scopes}
          value={scope}
          onChange={(event) => setScope(event.currentTarget.value)}
        />
        <TextInput
          label="Why"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          flex={1}
          miw={180}
          error={command.error?.message ?? null}
        />
        <Button type="submit" color="red" loading={command.isPending} disabled={reason.trim() === ''}>
          Stop now
        </Button>
      </Group>
    </form>
  );
}
