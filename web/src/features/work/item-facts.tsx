import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CasePage } from '../../../../api/schemas/cases.ts';
import type { WorkItem } from '../../../../api/schemas/work.ts';
import { dollars, when, words } from '../../lib/format.ts';
import { useZone } from '../../lib/session.ts';
import { Facts } from '../../ui/facts.tsx';
import { Tag } from '../../ui/tag.tsx';
import { ChannelsPanel } from '../case/channels-panel.tsx';
import { useTimeline } from '../case/timeline.tsx';
import { TimelineLine } from '../case/timeline-line.tsx';

/** What one needs to know to decide: the message or request itself, how to reach the person, what happened lately. */
export function ItemFacts({ item, page }: { item: WorkItem; page: CasePage | null }): ReactNode {
  const zone = useZone();
  return (
    <Stack gap="sm">
      {item.message === null ? null : (
        <div>
          <p className="message">{item.message.text}</p>
          <Text size="xs" c="dimmed">
            {item.message.channel === 'sms' ? 'Text' : 'E-mail'} from {item.message.from},{' '}
            {when(item.message.receivedAt, zone)}; read as {words(item.message.primaryLabel).toLowerCase()} (
            {item.message.confidence})
          </Text>
        </div>
      )}
      <Details detail={item.detail} />
      {item.votes.length === 0 && item.approvalsNeeded === 0 ? null : (
        <div>
          <Text size="sm">
            {item.votes.filter((vote) => vote.vote === 'approve').length} of {item.approvalsNeeded} approvals
          </Text>
          {item.votes.map((vote) => (
            <Text size="sm" key={vote.voter}>
              <Tag tone={vote.vote === 'approve' ? 'good' : 'bad'}>
                {vote.vote === 'approve' ? 'approved' : 'refused'}
              </Tag>{' '}
              {vote.voter}, {when(vote.at, zone)} {vote.reason ?? ''}
            </Text>
          ))}
        </div>
      )}
      {page === null ? null : (
        <>
          <Reach page={page} />
          <ChannelsPanel page={page} zone={zone} />
          <Recent loan={page.loan.id} zone={zone} />
        </>
      )}
    </Stack>
  );
}

/** Numbers to call, those that may not be called marked. */
function Reach({ page }: { page: CasePage }): ReactNode {
  const phones = page.people.flatMap((person) =>
    person.contactPoints.filter((point) => point.kind === 'phone').map((point) => ({ person, point })),
  );
  if (phones.length === 0) return null;
  return (
    <ul className="plain" aria-label="Phones">
      {phones.map(({ person, point }) => (
        <li key={`${person.id}/${point.addressId}`}>
          <Text size="sm">
            <b>{point.value}</b> {person.name}, {words(point.type).toLowerCase()}{' '}
            {point.optedOutAt === null ? null : <Tag tone="bad">opted out of texts</Tag>}{' '}
            {point.wrongNumberAt === null ? null : <Tag tone="bad">wrong number</Tag>}{' '}
            {person.language === 'es' ? <Tag tone="info">Spanish</Tag> : null}
          </Text>
        </li>
      ))}
    </ul>
  );
}

function Recent({ loan, zone }: { loan: string; zone: string }): ReactNode {
  const timeline = useTimeline(loan, undefined, 6);
  const entries = timeline.data?.pages[0]?.rows ?? [];
  return (
    <ol className="timeline" aria-label="What happened lately">
      {entries.map((entry) => (
        <TimelineLine key={entry.id} entry={entry} zone={zone} />
      ))}
    </ol>
  );
}

/** What the item was opened with, as far as people can read it: ids and structures stay out. */
function Details({ detail }: { detail: WorkItem['detail'] }): ReactNode {
  const rows = Object.entries(detail).flatMap(([name, value]): [string, ReactNode][] => {
    // The kind of the item says its channel.
    if (/(^id$|Id$|_id$|^channel$|hash|payload)/.test(name)) return [];
    if (typeof value === 'number') return [[label(name), name.endsWith('Cents') ? dollars(value) : String(value)]];
    if (typeof value === 'boolean') return [[label(name), value ? 'yes' : 'no']];
    if (typeof value === 'string' && value !== '') return [[label(name), value]];
    if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
      return value.length === 0 ? [] : [[label(name), value.join(', ')]];
    return [];
  });
  return rows.length === 0 ? null : <Facts rows={rows} />;
}

/** `sentOn` as "Sent on", `amountCents` as "Amount". */
const label = (name: string): string =>
  words(
    name
      .replace(/Cents$/, '')
      .replaceAll(/([a-z])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`),
  );
