import { Badge, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { when } from '../lib/format.ts';
import { useClock, useSession } from '../lib/session.ts';

/** The time by which the desk works. In the sandbox it may be moved, and says so. */
export function BusinessClock(): ReactNode {
  const { data: session } = useSession();
  const { data } = useClock();
  if (data === undefined || session === undefined) return null;
  return (
    <>
      {data.sandbox ? (
        <Badge color="orange" variant="light" visibleFrom="sm">
          Sandbox
        </Badge>
      ) : null}
      <Text size="sm" component="time" dateTime={data.businessNow} data-testid="business-clock">
        {when(data.businessNow, session.lender.zone)}
      </Text>
    </>
  );
}
