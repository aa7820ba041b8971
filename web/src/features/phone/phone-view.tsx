import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { Phone, PhoneMessage, TextUs, TextUsAnswer } from '../../../../api/schemas/sandbox.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { clockTime, when } from '../../lib/format.ts';
import { useSession } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { CaseEffect } from './case-effect.tsx';
import { PayFromPhone } from './pay-from-phone.tsx';
import { linked } from './linked.tsx';
import { Notice } from '../../ui/notice.tsx';

const quickReplies = [
  'STOP',
  'I can pay $150 on Friday',
  'I already paid',
  'I lost my job',
  'Wrong number',
  'Call me tomorrow at 3pm',
  'I filed for bankruptcy',
  'START',
];

/** One phone as its owner sees it, with the case beside it. */
export function PhoneView({ number }: { number: string }): ReactNode {
  const phone = useQuery({
    queryKey: ['phone', number],
    queryFn: ({ signal }) => api.get<Phone>(`/api/sandbox/phones/${encodeURIComponent(number)}`, signal),
    refetchInterval: 4_000,
  });
  const [answeredAt, setAnsweredAt] = useState<number | null>(null);
  return (
    <Answer query={phone}>
      {(data) => (
        <div className="phone-and-case">
          <Handset phone={data} onAnswered={() => setAnsweredAt(performance.now())} />
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

function Handset({ phone, onAnswered }: { phone: Phone; onAnswered: () => void }): ReactNode {
  const owner = phone.owners[0];
  const loan = owner?.loans[0];
  const [paying, setPaying] = useState(false);
  const command = useCommand({
    run: (body: TextUs) => {
      onAnswered();
      return api.postOnce<TextUsAnswer>(`/api/sandbox/phones/${encodeURIComponent(phone.number)}/messages`, body);
    },
    said: () => null,
  });
  return (
    <section className="handset" aria-label={`Phone of ${owner?.name ?? phone.number}`}>
      <header className="handset-head">
        <b>{owner?.name ?? 'Nobody’s phone'}</b>
        <Text size="xs" c="dimmed">
          {phone.number}
        </Text>
      </header>
      <Messages messages={phone.messages} />
      {paying && loan !== undefined && owner !== undefined ? (
        <PayFromPhone loan={loan.id} personId={owner.personId} onPaid={onAnswered} onClose={() => setPaying(false)} />
      ) : (
        <Reply
          pending={command.isPending}
          onSend={(text) => command.mutate({ text })}
          onPay={loan === undefined ? null : () => setPaying(true)}
        />
      )}
      {command.error === null ? null : (
        <Notice tone="bad" role="alert">
          {command.error.message}
        </Notice>
      )}
    </section>
  );
}

function Messages({ messages }: { messages: readonly PhoneMessage[] }): ReactNode {
  const { data: session } = useSession();
  const zone = session?.lender.zone ?? 'UTC';
  const end = useRef<HTMLDivElement>(null);
  const sorted = messages.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  useEffect(() => {
    const box = end.current;
    if (box !== null) box.scrollTop = box.scrollHeight;
  }, [messages.length]);
  return (
    <div className="bubbles" ref={end} role="log" aria-label="Messages" tabIndex={0}>
      {sorted.length === 0 ? (
        <Text c="dimmed" size="sm" ta="center">
          No message yet.
        </Text>
      ) : null}
      {sorted.map((message, index) => {
        const before = sorted[index - 1];
        const newDay =
          before === undefined || when(before.at, zone).slice(0, 11) !== when(message.at, zone).slice(0, 11);
        return (
          <div key={message.id} className="bubble-row">
            {newDay ? <div className="bubble-day">{when(message.at, zone)}</div> : null}
            <div className="bubble" data-direction={message.direction}>
              <span className="unseen">{message.direction === 'to-borrower' ? 'The bank: ' : 'The borrower: '}</span>
              {linked(message.text)}
            </div>
            <div className="bubble-state" data-direction={message.direction}>
              {clockTime(message.at, zone)} {message.status}
            </div>
          </div>
        );
      })}
    </div>
  );
}

function Reply({
  pending,
  onSend,
  onPay,
}: {
  pending: boolean;
  onSend: (text: string) => void;
  onPay: (() => void) | null;
}): ReactNode {
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '' || pending) return;
    onSend(text.trim());
    setText('');
  };
  return (
    <div className="reply">
      <Group gap={4} mb={6} aria-label="Quick replies" role="group">
        {quickReplies.map((reply) => (
          <button key={reply} type="button" className="chip" disabled={pending} onClick={() => onSend(reply)}>
            {reply}
          </button>
        ))}
      </Group>
      <form onSubmit={submit}>
        <Group gap={6} wrap="nowrap">
          <TextInput
            aria-label="Text message"
            placeholder="Text message"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            flex={1}
            maxLength={1600}
            autoComplete="off"
          />
          <Button type="submit" loading={pending}>
            Send
          </Button>
          {onPay === null ? null : (
            <Button variant="default" onClick={onPay}>
              Pay…
            </Button>
          )}
        </Group>
      </form>
    </div>
  );
}
