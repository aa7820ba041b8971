import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { clockTime, when } from '../lib/format.ts';
import { useClock, useSession } from '../lib/session.ts';
import { Tag } from '../ui/tag.tsx';

/** The time by which the desk works. In the sandbox it may be moved, and says so. */
export function BusinessClock(): ReactNode {
  const { data: session } = useSession();
  const { data } = useClock();
  if (data === undefined || session === undefined) return null;
  const { zone } = session.lender;
  return (
    <>
      {data.sandbox ? <Tag tone="warn">Sandbox</Tag> : null}
      <Text size="sm" component="time" dateTime={data.businessNow} data-testid="business-clock" className="one-line">
        <span className="wide">{when(data.businessNow, zone)}</span>
        <span className="narrow">{clockTime(data.businessNow, zone)}</span>
      </Text>
    </>
  );
}
