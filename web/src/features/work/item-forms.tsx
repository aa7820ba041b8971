import { Checkbox, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import type { LabelAnswer, LabelReply, Labels, Vote, VoteAnswer } from '../../../../api/schemas/approvals.ts';
import type { WorkItem } from '../../../../api/schemas/work.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { words } from '../../lib/format.ts';
import { Answer } from '../../ui/answer.tsx';
import { ActionForm } from '../actions/form.tsx';

interface Closing {
  item: WorkItem;
  onClose: () => void;
  onFinished: () => void;
}

export function useVote(item: WorkItem, onFinished: () => void) {
  const command = useCommand({
    run: (body: Vote) => api.post<VoteAnswer>(`/api/work/${item.id}/vote`, body),
    said: (answer) => {
      switch (answer.outcome) {
        case 'approved':
          return 'Approved. Next.';
        case 'counted':
          return `Your vote counts: ${answer.votes} of ${answer.needed}. Next.`;
        case 'refused':
          return 'Refused. Next.';
        case 'moot':
          return `Nothing was done: ${answer.because ?? 'the facts have changed'}.`;
      }
    },
    onDone: onFinished,
  });
  const { mutate } = command;
  const vote = useCallback((body: Vote) => mutate(body), [mutate]);
  return { vote, command };
}

export function RefuseForm({
  pending,
  onRefuse,
  onClose,
}: {
  pending: boolean;
  onRefuse: (reason: string) => void;
  onClose: () => void;
}): ReactNode {
  const [reason, setReason] = useState('');
  return (
    <ActionForm
      title="Refuse"
      submit="Refuse and next"
      pending={pending}
      error={null}
      onSubmit={() => reason.trim() !== '' && onRefuse(reason.trim())}
      onCancel={onClose}
    >
      <Textarea
        label="Why"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        rows={2}
        autoFocus
      />
    </ActionForm>
  );
}

export function CloseForm({ item, onClose, onFinished }: Closing): ReactNode {
  const [outcome, setOutcome] = useState('');
  const [state, setState] = useState('done');
  const command = useCommand({
    run: (body: { state: string; outcome: string }) => api.post<{ id: string }>(`/api/work/${item.id}/close`, body),
    said: () => 'Closed. Next.',
    onDone: onFinished,
  });
  return (
    <ActionForm
      title="Done with it"
      submit="Close and next"
      pending={command.isPending}
      error={command.error}
      onSubmit={() => outcome.trim() !== '' && command.mutate({ state, outcome: outcome.trim() })}
      onCancel={onClose}
    >
      <Textarea
        label="What came of it"
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value)}
        rows={2}
        autoFocus
      />
      <NativeSelect
        label="As"
        data={[
          { value: 'done', label: 'Done' },
          { value: 'cancelled', label: 'Not needed' },
        ]}
        value={state}
        onChange={(event) => setState(event.currentTarget.value)}
        w={160}
      />
    </ActionForm>
  );
}

/** Whether a message went is found out by a person; it is never sent again either way. */
export function SettleForm({ item, onClose, onFinished }: Closing): ReactNode {
  const [went, setWent] = useState('yes');
  const [how, setHow] = useState('');
  const command = useCommand({
    run: (body: { went: boolean; how: string }) => api.post<{ id: string }>(`/api/work/${item.id}/settle`, body),
    said: () => 'Settled. Next.',
    onDone: onFinished,
  });
  return (
    <ActionForm
      title="Did the message go?"
      submit="Settle and next"
      pending={command.isPending}
      error={command.error}
      onSubmit={() => how.trim() !== '' && command.mutate({ went: went === 'yes', how: how.trim() })}
      onCancel={onClose}
    >
      <NativeSelect
        label="It"
        data={[
          { value: 'yes', label: 'went' },
          { value: 'no', label: 'did not go' },
        ]}
        value={went}
        onChange={(event) => setWent(event.currentTarget.value)}
        w={160}
        autoFocus
      />
      <Textarea label="How do we know" value={how} onChange={(event) => setHow(event.currentTarget.value)} rows={2} />
      <Text size="xs" c="dimmed">
        Either way this message is never sent again.
      </Text>
    </ActionForm>
  );
}

export function LabelForm({ item, onClose, onFinished }: Closing): ReactNode {
  const labels = useQuery({
    queryKey: ['labels'],
    queryFn: ({ signal }) => api.get<Labels>('/api/labels', signal),
    staleTime: Infinity,
  });
  const [chosen, setChosen] = useState<string[]>([]);
  const command = useCommand({
    run: (body: LabelReply) => api.post<LabelAnswer>(`/api/work/${item.id}/label`, body),
    said: (answer) =>
      `${words(answer.primaryLabel)}: ${answer.effects.length === 0 ? 'nothing to do' : answer.effects.map(words).join(', ').toLowerCase()}. Next.`,
    onDone: onFinished,
  });
  return (
    <ActionForm
      title="What does it mean?"
      submit="Save and next"
      pending={command.isPending}
      error={command.error}
      onSubmit={() => chosen.length > 0 && command.mutate({ labels: chosen })}
      onCancel={onClose}
    >
      <Answer query={labels}>
        {(data) => (
          <Stack gap={4} className="labels" role="group" aria-label="Meanings">
            {data.labels.map((label, index) => (
              <Checkbox
                key={label.label}
                size="xs"
                autoFocus={index === 0}
                label={
                  <>
                    <b>{words(label.label)}</b>: {label.meaning} <span className="quiet">{label.effect}</span>
                  </>
                }
                checked={chosen.includes(label.label)}
                onChange={(event) =>
                  setChosen(
                    event.currentTarget.checked
                      ? [...chosen, label.label]
                      : chosen.filter((each) => each !== label.label),
                  )
                }
              />
            ))}
          </Stack>
        )}
      </Answer>
    </ActionForm>
  );
}
