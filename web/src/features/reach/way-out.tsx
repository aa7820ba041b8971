import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ConsentLetters } from '../../../../api/schemas/reach.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { count } from '../../lib/format.ts';
import { useMay, useSession } from '../../lib/session.ts';
import { RouteAnchor } from '../../ui/links.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';

/** How somebody who cannot be texted becomes one who can: a letter that asks, and what a collector says. */
export function WayOut(): ReactNode {
  const may = useMay();
  const waiting = useQuery({
    queryKey: ['reach-consent-letters'],
    queryFn: ({ signal }) => api.get<ConsentLetters>('/api/reach/consent-letters', signal),
  });
  const order = useCommand({
    run: () => api.post<ConsentLetters>('/api/reach/consent-letters', {}),
    said: ({ people }) => `${count(people)} letters ordered.`,
  });
  const people = waiting.data?.people ?? 0;
  return (
    <Panel title="The way out: ask for consent">
      <Stack gap="sm">
        <Text size="sm">
          {people === 0
            ? 'Nobody is left to ask by letter: each who has a mobile number and an address has agreed, said no, or was asked within a year.'
            : `${count(people)} people have a mobile number and a mailing address, and nothing is on record about texts to them. A letter asks them for it, and for nothing else; each gets one a year.`}
        </Text>
        {may('letter.act') ? (
          <Group gap="xs">
            <Button disabled={people === 0} loading={order.isPending} onClick={() => order.mutate(undefined)}>
              Write {people === 0 ? 'the' : count(people)} {people === 1 ? 'letter' : 'letters'}
            </Button>
            <Text size="sm">
              They wait in the{' '}
              <RouteAnchor to="/letters" inherit>
                print queue
              </RouteAnchor>{' '}
              until somebody releases them.
            </Text>
          </Group>
        ) : null}
        {order.error === null ? null : (
          <Notice tone="bad" role="alert">
            {order.error.message}
          </Notice>
        )}
        <Script />
      </Stack>
    </Panel>
  );
}

/** 47 CFR 64.1200(a)(1), (f)(9): asked clearly, no condition of anything; who agreed, to what, when and how is what proves it. */
function Script(): ReactNode {
  const { data } = useSession();
  const lender = data?.lender.name ?? 'us';
  return (
    <details>
      <summary>What a collector says, at the end of a call with the right person</summary>
      <ol className="steps">
        <li>
          Verify who it is first, as for any call. Ask only a person who owes, and never while a stop stands on the
          account.
        </li>
        <li>
          “May {lender} text this mobile number about your accounts? We may use automated technology. Message and data
          rates may apply, and how many you get depends on your accounts.”
        </li>
        <li>
          “You do not have to agree; it is no condition of any loan. You can end it at any time by replying STOP.”
        </li>
        <li>
          “So that I have it right: yes to texts at the number ending in …?” Read the last four digits. A “maybe” or
          silence is a no.
        </li>
        <li>The same again for e-mail, with the address spelled out.</li>
        <li>
          Write it down while they are on the line: in the core’s phone record, so that the next file brings{' '}
          <code>sms_consent</code>, the date and the source <code>call</code>; and as a note on the account with their
          words. A no is written down too, and is final until they say otherwise.
        </li>
      </ol>
    </details>
  );
}
