import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Reason } from '../../../api/schemas/common.ts';
import { when } from '../lib/format.ts';
import { Tag } from './tag.tsx';

const kinds = { law: 'Law', counsel: 'Counsel', policy: 'Bank policy' } as const;

/** Why not: each rule in its own words, who made it, and when it may pass again. */
export function Reasons({ reasons, zone }: { reasons: readonly Reason[]; zone: string }): ReactNode {
  return (
    <ul className="reasons">
      {reasons.map((reason) => (
        <li key={reason.rule}>
          <Text size="sm" span>
            {reason.words}{' '}
          </Text>
          <Tag tone={reason.kind === 'law' ? 'info' : 'quiet'}>{kinds[reason.kind]}</Tag>
          {reason.citation === null ? null : (
            <Text size="xs" c="dimmed" span>
              {' '}
              {reason.citation}
            </Text>
          )}
          {reason.until === null ? null : (
            <Text size="xs" c="dimmed">
              Until {when(reason.until, zone)}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
