import { Button, Group, Kbd, Stack, Switch, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { WorkCounts } from '../../../../api/schemas/work.ts';
import { api } from '../../lib/api.ts';
import { words } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { Chips } from '../../ui/chips.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BrokenPromises } from './broken-promises.tsx';
import { ItemCard } from './item-card.tsx';
import type { Doing } from './item-card.tsx';
import { asked, setShortcuts, shortcutsOn, workKeys } from './keys.ts';
import { useWork } from './use-work.ts';
import { WorkList } from './work-list.tsx';
import './work.css';

/** What there is to do, and the item at hand beside it. Everything by keyboard; nothing in a dialog. */
export function WorkPage(): ReactNode {
  const work = useWork();
  const { kind } = useSearch({ from: '/work' });
  const may = useMay();
  const navigate = useNavigate();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [help, setHelp] = useState(false);
  const [keysOn, setKeysOn] = useState(shortcutsOn);

  // What was begun on one item is not carried over to another.
  useEffect(() => setDoing(null), [work.chosen]);

  useEffect(() => {
    if (!keysOn) return undefined;
    const press = (event: KeyboardEvent): void => {
      const does = asked(event);
      if (does === null) return;
      event.preventDefault();
      switch (does) {
        case 'next-row':
          return work.move(1);
        case 'previous-row':
          return work.move(-1);
        case 'open':
          return work.take();
        case 'get-next':
          return work.getNext();
        case 'skip':
          return work.skip();
        case 'search':
          return void navigate({ to: '/accounts', search: {} }).then(() =>
            document.querySelector<HTMLInputElement>('form[role="search"] input')?.focus(),
          );
        case 'help':
          return setHelp((shown) => !shown);
        default:
          return setDoing(does);
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });

  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Title order={1}>Work</Title>
        <Group gap="xs">
          {may('work.act') ? (
            <Button size="compact-md" loading={work.getting} onClick={() => work.getNext()}>
              Get next
            </Button>
          ) : null}
          <Button size="compact-md" variant="default" aria-expanded={help} onClick={() => setHelp(!help)}>
            Keys
          </Button>
        </Group>
      </Group>
      <Tabs />
      {help ? (
        <Panel
          title="Keys"
          side={
            <Switch
              label="Single keys"
              checked={keysOn}
              onChange={(event) => {
                setShortcuts(event.currentTarget.checked);
                setKeysOn(event.currentTarget.checked);
              }}
            />
          }
        >
          <Table verticalSpacing={2} className="key-table">
            <Table.Tbody>
              {workKeys.map((entry) => (
                <Table.Tr key={entry.key}>
                  <Table.Td>
                    <Kbd>{entry.key === 'Enter' ? 'Enter' : entry.key.toUpperCase()}</Kbd>
                  </Table.Td>
                  <Table.Td>{entry.help}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Panel>
      ) : null}
      {kind === 'broken-promises' ? (
        <BrokenPromises />
      ) : (
        <div className="work" data-chosen={work.chosen !== undefined}>
          <WorkList work={work} />
          <div className="work-card">
            {work.chosen === undefined ? (
              <Text c="dimmed" p="md">
                Choose an item, or press <Kbd>G</Kbd> for the next best one.
              </Text>
            ) : (
              <ItemCard
                key={work.chosen}
                id={work.chosen}
                rank={work.rank}
                doing={doing}
                onDoing={setDoing}
                onFinished={() => work.finished()}
                onBack={() => work.choose(undefined)}
              />
            )}
          </div>
        </div>
      )}
    </Stack>
  );
}

/** One tab a kind of work, with what is due now; who owns it beside. */
function Tabs(): ReactNode {
  const { kind, owner, due, team } = useSearch({ from: '/work' });
  const navigate = useNavigate();
  const counts = useQuery({
    queryKey: ['work-counts'],
    queryFn: ({ signal }) => api.get<WorkCounts>('/api/work/counts', signal),
  });
  const kinds = counts.data?.kinds.filter((row) => row.open > 0) ?? [];
  const teams = counts.data?.teams ?? [];
  const total = kinds.reduce((sum, row) => sum + row.due, 0);
  const set = (name: 'kind' | 'owner' | 'due' | 'team', value: string): void =>
    void navigate({
      to: '/work',
      search: (now) => ({ ...now, [name]: value === '' ? undefined : value, item: undefined }),
    });
  return (
    <Group justify="space-between" gap="xs">
      <Chips
        label="Kind of work"
        value={kind ?? ''}
        options={[
          { value: '', label: 'All', count: total },
          ...kinds.map((row) => ({ value: row.kind, label: kindNames[row.kind] ?? words(row.kind), count: row.due })),
          { value: 'broken-promises', label: 'Broken promises' },
        ]}
        onChange={(value) => set('kind', value)}
      />
      <Group gap={6}>
        {teams.length < 2 && team === undefined ? null : (
          <Chips
            label="Team"
            value={team ?? ''}
            options={[
              { value: '', label: 'Every team' },
              ...teams.map((row) => ({ value: row.team, label: words(row.team), count: row.due })),
            ]}
            onChange={(value) => set('team', value)}
          />
        )}
        <Chips
          label="Whose"
          value={owner ?? ''}
          options={[
            { value: '', label: 'Anyone’s' },
            { value: 'me', label: 'Mine' },
            { value: 'nobody', label: 'Nobody’s' },
          ]}
          onChange={(value) => set('owner', value)}
        />
        <Chips
          label="When"
          value={due ?? ''}
          options={[
            { value: '', label: 'Due now' },
            { value: 'all', label: 'All open' },
          ]}
          onChange={(value) => set('due', value)}
        />
      </Group>
    </Group>
  );
}

export const kindNames: Record<string, string> = {
  call: 'Calls',
  approval: 'Approvals',
  reply: 'Replies to read',
  exception: 'Exceptions',
  unconfirmed: 'Unconfirmed',
  locate: 'Find the person',
  dispute: 'Disputes',
  review: 'Reviews',
  'manager-task': 'For a manager',
  suspense: 'Suspense',
  shadow: 'Shadow sends',
};
