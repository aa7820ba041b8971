import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CasePage, ChannelNow } from '../../../../api/schemas/cases.ts';
import { when } from '../../lib/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Reasons } from '../../ui/reasons.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { Tone } from '../../ui/tag.tsx';

const names: Record<ChannelNow['channel'], string> = {
  sms: 'Text',
  call: 'Call',
  'prerecorded-call': 'Prerecorded call',
  voicemail: 'Voicemail',
  email: 'E-mail',
  letter: 'Letter',
};
const verdicts: Record<ChannelNow['decision'], { tone: Tone; text: string }> = {
  allow: { tone: 'good', text: 'allowed now' },
  'defer-until': { tone: 'warn', text: 'later' },
  'require-approval': { tone: 'warn', text: 'needs approval' },
  'require-content': { tone: 'warn', text: 'needs content' },
  deny: { tone: 'bad', text: 'not allowed' },
};

/** May we write or call now; if not, when next, and by whose rule. */
export function ChannelsPanel({ page, zone }: { page: CasePage; zone: string }): ReactNode {
  return (
    <Panel title="Channels now">
      <Stack gap="sm">
        {page.people.map((person) => {
          const theirZone = person.localTime.zones[0] ?? zone;
          const rows = page.channels.filter((channel) => channel.personId === person.id);
          return (
            <div key={person.id}>
              {page.people.length > 1 ? (
                <Text size="sm" fw={600}>
                  {person.name}
                </Text>
              ) : null}
              {rows.length === 0 ? (
                <Text size="sm" c="dimmed">
                  No way to reach this person.
                </Text>
              ) : (
                rows.map((row) => <Channel key={row.channel} row={row} zone={theirZone} />)
              )}
            </div>
          );
        })}
      </Stack>
    </Panel>
  );
}

function Channel({ row, zone }: { row: ChannelNow; zone: string }): ReactNode {
  const verdict = verdicts[row.decision];
  const line = (
    <>
      <span className="channel-name">{names[row.channel]}</span> <Tag tone={verdict.tone}>{verdict.text}</Tag>{' '}
      {row.nextAllowedAt !== null && row.decision !== 'allow' ? (
        <Text span size="xs">
          opens {when(row.nextAllowedAt, zone)}{' '}
        </Text>
      ) : null}
      {row.budget === null ? null : (
        <Text span size="xs" c="dimmed">
          {row.budget.used} of {row.budget.of} in{' '}
          {row.budget.windowHours === 168 ? '7 days' : `${row.budget.windowHours} h`}
        </Text>
      )}
    </>
  );
  if (row.reasons.length === 0) return <div className="channel">{line}</div>;
  return (
    <details className="channel">
      <summary>{line}</summary>
      <Reasons reasons={row.reasons} zone={zone} />
    </details>
  );
}
