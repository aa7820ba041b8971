import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CasePage } from '../../../../api/schemas/cases.ts';
import { clockTime, day, shortly, dollars, words } from '../../lib/format.ts';
import { Tag } from '../../ui/tag.tsx';

/** Who, what, how late, what we ask for, and every stop at a glance. */
export function CaseHeader({ page, level = 1 }: { page: CasePage; level?: 1 | 3 }): ReactNode {
  const { loan, balances, people, holds } = page;
  const [first, ...others] = people;
  const zone = first?.localTime.zones[0];
  return (
    <Stack gap={6}>
      <Group gap="xs" align="baseline">
        <Title order={level}>{first?.name ?? 'No person on file'}</Title>
        {others.length === 0 ? null : <Text c="dimmed">and {others.map((person) => person.name).join(', ')}</Text>}
        <Text>{loan.loanNumber}</Text>
        <Text c="dimmed">{words(loan.product)}</Text>
        {loan.status === 'active' ? null : <Tag>{words(loan.status)}</Tag>}
      </Group>
      <Group gap="lg">
        <Figure label="Past due" value={dollars(balances.pastDueCents)} />
        <Figure label="Days" value={String(balances.daysPastDue)} />
        <Figure label="Pending" value={dollars(balances.pendingCents)} />
        <Figure label="We ask for" value={dollars(balances.askCents)} />
        <Figure label="Due" value={day(loan.nextDueOn)} />
        {first === undefined || zone === undefined ? null : (
          <Figure
            label="Their time"
            value={clockTime(page.businessNow, zone)}
            after={
              <Tag tone={first.localTime.openNow ? 'good' : 'warn'}>
                {first.localTime.openNow ? 'open' : `closed, opens ${shortly(first.localTime.opensAt, zone)}`}
              </Tag>
            }
          />
        )}
      </Group>
      <Group gap={6}>
        {page.case === null ? (
          <Tag>No case</Tag>
        ) : (
          <Tag tone={page.case.status === 'open' ? 'info' : 'quiet'}>
            Case {page.case.status}
            {page.case.closeReason === null ? '' : `: ${words(page.case.closeReason).toLowerCase()}`}
          </Tag>
        )}
        {loan.autopay ? <Tag tone="good">Autopay {day(loan.nextDraftOn)}</Tag> : null}
        {loan.disputedOn === null ? null : <Tag tone="warn">Disputed {day(loan.disputedOn)}</Tag>}
        {holds
          .filter((hold) => hold.liftedAt === null)
          .map((hold) => (
            <Tag key={hold.id} tone="warn">
              Hold: {words(hold.reason).toLowerCase()}
            </Tag>
          ))}
        {people.flatMap((person) => [
          ...person.stops.map((stop) => (
            <Tag key={stop.id} tone="bad">
              {words(stop.kind)}
            </Tag>
          )),
          ...person.contactPoints
            .filter((point) => point.optedOutAt !== null)
            .map((point) => (
              <Tag key={point.addressId} tone="bad">
                Opted out: {point.value}
              </Tag>
            )),
        ])}
      </Group>
    </Stack>
  );
}

function Figure({ label, value, after }: { label: string; value: string; after?: ReactNode }): ReactNode {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={600}>
        {value} {after}
      </Text>
    </div>
  );
}
