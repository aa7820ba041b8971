import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { CasePage } from '../../../../api/schemas/cases.ts';
import type { DecisionView } from '../../../../api/schemas/timeline.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { words } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { Panel } from '../../ui/panel.tsx';
import { Reasons } from '../../ui/reasons.tsx';
import { Tag } from '../../ui/tag.tsx';
import { DateField, PersonField } from '../actions/fields.tsx';

const KINDS = {
  'military-search': 'Military-status search',
  recheck: 'Read again just now: payment, promise, extension, bankruptcy, service',
  'sale-notice': 'Sale notice mailed',
  'loss-mitigation': 'Loss-mitigation application',
  'forced-insurance-only': 'Arrears are forced insurance alone',
  'draws-suspended': 'Draws on the line',
} as const;
type Kind = keyof typeof KINDS;
const isKind = (value: string): value is Kind => value in KINDS;

/** What a yes and a no mean, for each kind that has the choice. */
const CHOICES: Readonly<Record<Kind, readonly [yes: string, no: string] | null>> = {
  'military-search': ['Covered', 'Not covered'],
  recheck: null,
  'sale-notice': ['Every item in it', 'An item is missing'],
  'loss-mitigation': ['Complete and undecided', 'None pending'],
  'forced-insurance-only': ['Yes, nothing else', 'No, other arrears too'],
  'draws-suspended': ['Suspended', 'Open again'],
};

const ACTIONS = ['repossess', 'sell-collateral', 'accelerate', 'sue', 'setoff', 'file-foreclosure', 'foreclosure-sale'];

/** What somebody found out that no file tells, and what the gate says to a remedy with all that is known. */
export function RemediesPanel({ page, zone }: { page: CasePage; zone: string }): ReactNode {
  const may = useMay();
  if (!may('fact.state')) return null;
  return (
    <Panel title="Remedies">
      <details>
        <summary>State a fact, or ask what stands against a remedy</summary>
        <Stack gap="md" mt="xs">
          <StateForm page={page} />
          <AskForm loan={page.loan.id} zone={zone} />
        </Stack>
      </details>
    </Panel>
  );
}

function StateForm({ page }: { page: CasePage }): ReactNode {
  const [kind, setKind] = useState<Kind>('military-search');
  const [person, setPerson] = useState(page.people[0]?.id ?? '');
  const [on, setOn] = useState(page.businessNow.slice(0, 10));
  const [yes, setYes] = useState('no');
  const command = useCommand({
    run: (body: object) => api.post(`/api/loans/${page.loan.id}/facts`, body),
    said: () => 'Stated under your name.',
  });
  const choice = CHOICES[kind];
  const dated = kind === 'military-search' || kind === 'sale-notice' || (kind === 'draws-suspended' && yes === 'yes');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    command.mutate(factOf(kind, { person, on, yes: yes === 'yes' }));
  };
  return (
    <form onSubmit={submit} aria-label="State a fact">
      <Group gap="xs" align="end">
        <NativeSelect
          label="What"
          data={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
          value={kind}
          onChange={(event) => {
            const { value } = event.currentTarget;
            if (isKind(value)) setKind(value);
          }}
        />
        {kind === 'military-search' ? <PersonField people={page.people} value={person} onChange={setPerson} /> : null}
        {choice === null ? null : (
          <NativeSelect
            label="Answer"
            data={[
              { value: 'yes', label: choice[0] },
              { value: 'no', label: choice[1] },
            ]}
            value={yes}
            onChange={(event) => setYes(event.currentTarget.value)}
          />
        )}
        {dated ? <DateField label="On" value={on} onChange={setOn} /> : null}
        <Button type="submit" size="compact-md" loading={command.isPending}>
          State
        </Button>
      </Group>
      {command.isError ? (
        <Text size="sm" c="red" role="alert">
          {command.error.message}
        </Text>
      ) : null}
    </form>
  );
}

function factOf(kind: Kind, said: { person: string; on: string; yes: boolean }): object {
  switch (kind) {
    case 'military-search':
      return { kind, personId: said.person, searchedOn: said.on, covered: said.yes };
    case 'recheck':
      return { kind };
    case 'sale-notice':
      return { kind, mailedOn: said.on, complete: said.yes };
    case 'loss-mitigation':
      return { kind, pending: said.yes };
    case 'forced-insurance-only':
      return { kind, only: said.yes };
    case 'draws-suspended':
      return { kind, on: said.yes ? said.on : null };
  }
}

function AskForm({ loan, zone }: { loan: string; zone: string }): ReactNode {
  const [action, setAction] = useState('repossess');
  const command = useCommand<object, DecisionView>({
    run: (body) => api.post(`/api/loans/${loan}/remedies`, body),
    said: () => null,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    command.mutate({ action });
  };
  return (
    <form onSubmit={submit} aria-label="Ask about a remedy">
      <Group gap="xs" align="end">
        <NativeSelect
          label="May we"
          data={ACTIONS.map((value) => ({ value, label: words(value) }))}
          value={action}
          onChange={(event) => setAction(event.currentTarget.value)}
        />
        <Button type="submit" size="compact-md" variant="default" loading={command.isPending}>
          Ask
        </Button>
      </Group>
      {command.isError ? (
        <Text size="sm" c="red" role="alert">
          {command.error.message}
        </Text>
      ) : null}
      {command.data === undefined ? null : (
        <div role="status">
          <Tag tone={command.data.decision === 'allow' ? 'good' : 'warn'}>{words(command.data.decision)}</Tag>
          <Reasons reasons={command.data.reasons} zone={zone} />
        </div>
      )}
    </form>
  );
}
