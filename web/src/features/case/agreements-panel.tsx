import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CasePage } from '../../../../api/schemas/cases.ts';
import type { Hold } from '../../../../api/schemas/holds.ts';
import type { PromiseToPay } from '../../../../api/schemas/promises.ts';
import { day, dollars, words } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { Tone } from '../../ui/tag.tsx';
import { WithReason } from '../../ui/with-reason.tsx';

const promiseTones: Record<PromiseToPay['state'], Tone> = {
  proposed: 'warn',
  open: 'info',
  kept: 'good',
  provisional: 'info',
  broken: 'bad',
  cancelled: 'quiet',
};

export function AgreementsPanel({ page }: { page: CasePage }): ReactNode {
  const may = useMay();
  return (
    <Panel title="Promises and holds">
      <Stack gap="xs">
        {page.promises.length === 0 && page.holds.length === 0 ? (
          <Text size="sm" c="dimmed">
            None.
          </Text>
        ) : null}
        {page.promises.length === 0 ? null : (
          <ul className="plain" aria-label="Promises">
            {page.promises.map((promise) => (
              <li key={promise.id}>
                <Group gap={6} justify="space-between">
                  <span>
                    <b>{dollars(promise.amountCents)}</b> by {day(promise.dueOn)}{' '}
                    <Tag tone={promiseTones[promise.state]}>{promise.state}</Tag>
                  </span>
                  {may('promise.make') && (promise.state === 'open' || promise.state === 'proposed') ? (
                    <WithReason
                      label="Withdraw"
                      path={`/api/promises/${promise.id}/cancel`}
                      done="Promise withdrawn."
                    />
                  ) : null}
                </Group>
                <Text size="xs" c="dimmed">
                  {words(promise.source)}, {promise.actor}
                  {promise.decideOn === null ? '' : `, judged at the end of ${day(promise.decideOn)}`}
                </Text>
              </li>
            ))}
          </ul>
        )}
        {page.holds.length === 0 ? null : (
          <ul className="plain" aria-label="Holds">
            {page.holds.map((hold) => (
              <HoldLine key={hold.id} hold={hold} mayLift={may('hold.lift')} />
            ))}
          </ul>
        )}
      </Stack>
    </Panel>
  );
}

function HoldLine({ hold, mayLift }: { hold: Hold; mayLift: boolean }): ReactNode {
  return (
    <li>
      <Group gap={6} justify="space-between">
        <span>
          <b>{words(hold.reason)}</b> {hold.liftedAt === null ? <Tag tone="warn">held</Tag> : <Tag>lifted</Tag>}{' '}
          {hold.liftedAt === null && hold.reviewOverdue ? <Tag tone="bad">review overdue</Tag> : null}
        </span>
        {mayLift && hold.liftedAt === null ? (
          <WithReason label="Lift" path={`/api/holds/${hold.id}/lift`} done="Hold lifted. Other holds stay." />
        ) : null}
      </Group>
      <Text size="xs" c="dimmed">
        {hold.placedBy}, {hold.loanId === null ? 'all accounts of the person' : 'this account'}, review by{' '}
        {day(hold.reviewOn)}
        {hold.note === null ? '' : `: ${hold.note}`}
      </Text>
    </li>
  );
}
