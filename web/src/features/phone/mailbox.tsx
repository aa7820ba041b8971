import { Button, Group, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { Mail, MailUs, Mailbox, MailboxThreads } from '../../../../api/schemas/sandbox.ts';
import { api, query } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { when } from '../../lib/format.ts';
import { useSession } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { CaseEffect } from './case-effect.tsx';
import { linked } from './linked.tsx';
import { SearchBox, Thread } from './phone-list.tsx';
import { Notice } from '../../ui/notice.tsx';

export function MailboxList({
  chosen,
  search,
  onSearch,
}: {
  chosen: string;
  search: string;
  onSearch: (text: string) => void;
}): ReactNode {
  const list = useQuery({
    queryKey: ['mailboxes', search],
    queryFn: ({ signal }) => api.get<MailboxThreads>(`/api/sandbox/mailboxes${query({ search, limit: 50 })}`, signal),
    refetchInterval: 10_000,
  });
  return (
    <>
      <SearchBox label="Find a mailbox" placeholder="Name or address" search={search} onSearch={onSearch} />
      <Answer query={list}>
        {({ rows }) => (
          <>
            {rows.length === 0 ? <Text c="dimmed">No mail yet.</Text> : null}
            <ul className="threads" aria-label="Mailboxes">
              {rows.map((row) => (
                <li key={row.address}>
                  <RouteAnchor
                    to="/phones"
                    search={(now: Record<string, string | undefined>) => ({ ...now, mailbox: row.address })}
                    className="thread"
                    underline="never"
                    c="inherit"
                    aria-current={row.address === chosen ? 'true' : undefined}
                  >
                    <Thread
                      name={row.owners.map((owner) => owner.name).join(', ') || 'Nobody’s'}
                      where={row.address}
                      last={row.lastSubject}
                      at={row.lastAt}
                      optedOut={row.optedOut}
                    />
                  </RouteAnchor>
                </li>
              ))}
            </ul>
          </>
        )}
      </Answer>
    </>
  );
}

export function MailboxView({ address }: { address: string }): ReactNode {
  const mailbox = useQuery({
    queryKey: ['mailbox', address],
    queryFn: ({ signal }) => api.get<Mailbox>(`/api/sandbox/mailboxes/${encodeURIComponent(address)}`, signal),
    refetchInterval: 4_000,
    enabled: address !== '',
  });
  const [answeredAt, setAnsweredAt] = useState<number | null>(null);
  if (address === '') return <Text c="dimmed">Choose a mailbox.</Text>;
  return (
    <Answer query={mailbox}>
      {(data) => (
        <div className="phone-and-case">
          <section className="handset" aria-label={`Mailbox ${data.address}`}>
            <header className="handset-head">
              <b>{data.owners[0]?.name ?? 'Nobody’s mailbox'}</b>
              <Text size="xs" c="dimmed" className="wraps">
                {data.address}
              </Text>
            </header>
            <div className="bubbles" role="log" aria-label="Mails" tabIndex={0}>
              {data.messages.length === 0 ? <Text c="dimmed">No mail yet.</Text> : null}
              {data.messages
                .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
                .map((mail, index) => (
                  <MailLine key={mail.id} mail={mail} open={index === 0} />
                ))}
            </div>
            <Answering
              address={data.address}
              messages={data.messages}
              onAnswered={() => setAnsweredAt(performance.now())}
            />
          </section>
          <Stack gap="md">
            {data.owners.flatMap((owner) =>
              owner.loans.map((loan) => <CaseEffect key={loan.id} loan={loan.id} answeredAt={answeredAt} />),
            )}
          </Stack>
        </div>
      )}
    </Answer>
  );
}

function MailLine({ mail, open }: { mail: Mail; open: boolean }): ReactNode {
  const { data: session } = useSession();
  return (
    <details className="mail" open={open}>
      <summary>
        <b>{mail.subject === '' ? '(no subject)' : mail.subject}</b>
        <Text size="xs" c="dimmed">
          {mail.direction === 'to-borrower' ? 'From the bank' : 'To the bank'},{' '}
          {when(mail.at, session?.lender.zone ?? 'UTC')}
        </Text>
      </summary>
      <p className="message">{linked(mail.text)}</p>
    </details>
  );
}

function Answering({
  address,
  messages,
  onAnswered,
}: {
  address: string;
  messages: readonly Mail[];
  onAnswered: () => void;
}): ReactNode {
  const last = messages
    .filter((mail) => mail.direction === 'to-borrower')
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
  const [subject, setSubject] = useState('');
  const [text, setText] = useState('');
  const command = useCommand({
    run: (body: MailUs) => {
      onAnswered();
      return api.postOnce<{ id: string }>(`/api/sandbox/mailboxes/${encodeURIComponent(address)}/messages`, body);
    },
    said: () => null,
    onDone: () => setText(''),
  });
  const re = last === undefined ? '' : `Re: ${last.subject}`;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    command.mutate({
      subject: subject.trim() === '' ? re : subject.trim(),
      text: text.trim(),
      ...(last === undefined ? {} : { inReplyTo: last.id }),
    });
  };
  return (
    <form className="reply" onSubmit={submit}>
      <Stack gap={6}>
        <TextInput
          aria-label="Subject"
          placeholder={re === '' ? 'Subject' : re}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
          maxLength={200}
        />
        <Textarea
          aria-label="Mail"
          placeholder="Write to the bank"
          rows={3}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {command.error === null ? null : (
          <Notice tone="bad" role="alert">
            {command.error.message}
          </Notice>
        )}
        <Group gap={6}>
          <Button type="submit" loading={command.isPending}>
            Send
          </Button>
          <Button variant="default" onClick={() => setText('Please stop e-mailing me. Unsubscribe.')}>
            Unsubscribe
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
