import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { CasePage, CasePerson, ContactPoint, Revealed } from '../../../../api/schemas/cases.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { clockTime, day, dollars, words } from '../../lib/format.ts';
import { useMay, useSession } from '../../lib/session.ts';
import { RouteAnchor } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';

export function PeoplePanel({ page }: { page: CasePage }): ReactNode {
  return (
    <Panel title="People">
      <Stack gap="md">
        {page.people.map((person) => (
          <Person key={person.id} person={person} now={page.businessNow} />
        ))}
      </Stack>
    </Panel>
  );
}

function Person({ person, now }: { person: CasePerson; now: string }): ReactNode {
  const { mailing, localTime } = person;
  const zone = localTime.zones[0];
  const address = [mailing.line1, mailing.city, [mailing.state, mailing.zip].filter((part) => part !== null).join(' ')]
    .filter((part) => part !== null && part !== '')
    .join(', ');
  return (
    <Stack gap={4}>
      <Group gap={6}>
        <Text fw={600}>{person.name}</Text>
        <Tag>{words(person.role)}</Tag>
        {person.language === 'en' ? null : (
          <Tag tone="info">{person.language === 'es' ? 'Spanish' : person.language}</Tag>
        )}
        {person.servicemember === true ? <Tag tone="warn">Servicemember</Tag> : null}
        {person.stops.map((stop) => (
          <Tag key={stop.id} tone="bad">
            {words(stop.kind)}
          </Tag>
        ))}
        {person.bans.map((ban) => (
          <Tag key={ban.id} tone="bad">
            No {ban.medium}
          </Tag>
        ))}
      </Group>
      <Text size="xs" c="dimmed">
        Customer {person.customerNumber}
        {person.taxIdLast4 === null ? '' : `, tax id ending ${person.taxIdLast4}`}
        {zone === undefined ? '' : `, ${clockTime(now, zone)} there (${zone})`}
      </Text>
      {address === '' ? null : (
        <Text size="sm">
          {address} {person.badAddressOn === null ? null : <Tag tone="bad">bad since {day(person.badAddressOn)}</Tag>}
        </Text>
      )}
      <ul className="plain" aria-label={`How to reach ${person.name}`}>
        {person.contactPoints.map((point) => (
          <Point key={point.addressId} point={point} personId={person.id} />
        ))}
      </ul>
      {person.quietTimes.map((quiet) => (
        <Text size="xs" key={quiet.id}>
          Asked not to be contacted {quiet.from}–{quiet.to},{' '}
          {quiet.days.length === 0 ? 'every day' : quiet.days.join(', ')} (
          {quiet.channels.length === 0 ? 'all channels' : quiet.channels.join(', ')})
        </Text>
      ))}
      {person.otherLoans.length === 0 ? null : (
        <Text size="sm">
          Also{' '}
          {person.otherLoans.map((loan) => (
            <span key={loan.id}>
              <RouteAnchor to="/loans/$loan" params={{ loan: loan.id }}>
                {loan.loanNumber}
              </RouteAnchor>{' '}
              ({words(loan.product)}, {dollars(loan.pastDueCents)} past due){' '}
            </span>
          ))}
        </Text>
      )}
    </Stack>
  );
}

function Point({ point, personId }: { point: ContactPoint; personId: string }): ReactNode {
  const { data: session } = useSession();
  const may = useMay();
  const to = point.kind === 'phone' ? 'phone' : 'mailbox';
  const shown = session?.sandbox === true && may('sandbox.use') && !point.masked;
  return (
    <li>
      <Group gap={6}>
        <Text size="sm" className="wraps">
          {shown ? (
            <RouteAnchor to="/phones" search={{ [to]: point.value }} title="See it as the borrower does">
              {point.value}
            </RouteAnchor>
          ) : (
            point.value
          )}
        </Text>
        <Tag>{words(point.type)}</Tag>
        <Consent point={point} />
        {point.sharedWith > 0 ? <Tag tone="warn">shared with {point.sharedWith}</Tag> : null}
        {point.wrongNumberAt === null ? null : <Tag tone="bad">wrong number</Tag>}
        {point.badSince === null ? null : <Tag tone="bad">{point.badReason ?? 'bad'}</Tag>}
        {point.reviewHoldSince === null ? null : <Tag tone="warn">waits for a person to read a reply</Tag>}
      </Group>
      {point.masked && may('contact.reveal') ? <RevealOnce point={point} personId={personId} /> : null}
    </li>
  );
}

function Consent({ point }: { point: ContactPoint }): ReactNode {
  if (point.optedOutAt !== null) return <Tag tone="bad">opted out</Tag>;
  if (point.consent.at === null) return <Tag tone="warn">no consent</Tag>;
  return <Tag tone="good">consent</Tag>;
}

/** A masked number is shown once, for a reason that stays on the timeline. */
function RevealOnce({ point, personId }: { point: ContactPoint; personId: string }): ReactNode {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const command = useCommand({
    run: (body: { addressId: string; reason: string }) => api.post<Revealed>(`/api/people/${personId}/reveal`, body),
    said: () => null,
  });
  if (command.data !== undefined) return <Text size="sm">{command.data.value}</Text>;
  if (!open) {
    return (
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        Show…
      </Button>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim().length >= 5) command.mutate({ addressId: point.addressId, reason: reason.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Group gap={6}>
        <TextInput
          size="xs"
          aria-label="Why it must be seen"
          placeholder="Why it must be seen"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autoFocus
          error={command.error?.message ?? null}
        />
        <Button type="submit" size="compact-sm" loading={command.isPending}>
          Show
        </Button>
      </Group>
    </form>
  );
}
