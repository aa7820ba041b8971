import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DecisionView, SendView, TimelineEntry } from '../../../../api/schemas/timeline.ts';
import { when, words } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { Facts } from '../../ui/facts.tsx';
import { Reasons } from '../../ui/reasons.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { Tone } from '../../ui/tag.tsx';
import { WithReason } from '../../ui/with-reason.tsx';

const tones: Record<SendView['status'], Tone> = {
  prepared: 'quiet',
  approved: 'quiet',
  claimed: 'info',
  sent: 'info',
  failed: 'bad',
  unconfirmed: 'warn',
  delivered: 'good',
  undelivered: 'bad',
  recalled: 'quiet',
  shadowed: 'quiet',
};

export function TimelineLine({ entry, zone }: { entry: TimelineEntry; zone: string }): ReactNode {
  const { send, decision } = entry;
  return (
    <li id={`t-${entry.id}`} data-group={entry.group}>
      <div className="timeline-head">
        <span>
          <Tag tone={entry.group === 'stop' ? 'bad' : entry.group === 'reply' ? 'info' : 'quiet'}>
            {words(entry.group)}
          </Tag>{' '}
          <b>{entry.title}</b> {send === null ? null : <Tag tone={tones[send.status]}>{send.status}</Tag>}
        </span>
        <Text size="xs" c="dimmed" component="time" dateTime={entry.at}>
          {when(entry.at, zone)}
        </Text>
      </div>
      {entry.detail === null ? null : <Text size="sm">{entry.detail}</Text>}
      {send === null ? null : <Sent send={send} zone={zone} />}
      {decision === null || decision.reasons.length === 0 ? null : (
        <>
          <Reasons reasons={decision.reasons} zone={zone} />
          {decision.nextAllowedAt === null ? null : (
            <Text size="xs">Would be allowed {when(decision.nextAllowedAt, zone)} if nothing changes.</Text>
          )}
        </>
      )}
      {decision === null ? null : <Override decision={decision} zone={zone} />}
      {entry.changes.length === 0 ? null : (
        <ul className="changes">
          {entry.changes.map((change) => (
            <li key={change.field}>
              {words(change.field)}: <del>{change.from ?? 'empty'}</del> → <ins>{change.to ?? 'empty'}</ins>
            </li>
          ))}
        </ul>
      )}
      <Text size="xs" c="dimmed">
        {entry.actor}
      </Text>
    </li>
  );
}

/** Bank policy may be set aside once, by a manager, with a reason; law and counsel's reading never. */
function Override({ decision, zone }: { decision: DecisionView; zone: string }): ReactNode {
  const may = useMay();
  const { override } = decision;
  if (override !== null) {
    return (
      <Text size="sm">
        Bank policy set aside by {override.name}, {when(override.at, zone)}: {override.reason}
        {override.of === null && override.usedBy === null ? ' (not used yet)' : ''}
      </Text>
    );
  }
  if (!decision.overridable || !may('decision.override')) return null;
  return (
    <WithReason
      label="Set bank policy aside once"
      path={`/api/decisions/${decision.id}/override`}
      done="Set aside for one send. What stands by law is asked again before it goes."
    />
  );
}

function Sent({ send, zone }: { send: SendView; zone: string }): ReactNode {
  return (
    <details className="sent">
      <summary>
        {send.subject === null ? null : <b>{send.subject}: </b>}
        <span className="clip">{send.body}</span>
      </summary>
      <p className="message">{send.body}</p>
      <Facts
        rows={[
          ['To', send.to],
          ['Template', `${send.template} (${send.language})`],
          ['Mode', send.mode],
          ['Decided', when(send.decidedAt, zone)],
          ['Sent', send.sentAt === null ? null : when(send.sentAt, zone)],
          ['Attempts', send.attempts],
          ['Provider id', send.providerId],
          ['Error', send.error],
          ['Recalled because', send.recalledBecause],
        ]}
      />
    </details>
  );
}
