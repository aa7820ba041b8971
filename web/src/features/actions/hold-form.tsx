import { Group, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { HoldAnswer, PlaceHold } from '../../../../api/schemas/holds.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { day, words } from '../../lib/format.ts';
import type { ActionProps } from './account.ts';
import { PersonField } from './fields.tsx';
import { ActionForm } from './form.tsx';

export const holdReasons = [
  'hardship',
  'dispute',
  'bankruptcy',
  'deceased',
  'servicemember',
  'disaster',
  'complaint',
  'identity-theft',
  'paid-claim',
  'manual',
].map((value) => ({ value, label: words(value) }));

export function HoldForm({ account, onClose }: ActionProps): ReactNode {
  const [reason, setReason] = useState('hardship');
  const [scope, setScope] = useState('loan');
  const [personId, setPersonId] = useState(account.people[0]?.id ?? '');
  const [reviewOn, setReviewOn] = useState('');
  const [note, setNote] = useState('');
  const command = useCommand({
    run: (body: PlaceHold) => api.post<HoldAnswer>(`/api/loans/${account.loanId}/holds`, body),
    said: (hold) => `On hold; to be reviewed by ${day(hold.reviewOn)}.`,
    onDone: onClose,
  });
  const submit = (): void =>
    command.mutate({
      reason: reason as PlaceHold['reason'],
      scope: scope as PlaceHold['scope'],
      ...(personId === '' ? {} : { personId }),
      ...(reviewOn === '' ? {} : { reviewOn }),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
  return (
    <ActionForm
      title="Place a hold"
      submit="Place hold"
      pending={command.isPending}
      error={command.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <Group align="start" gap="xs">
        <NativeSelect
          label="Reason"
          data={holdReasons}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          w={170}
          autoFocus
        />
        <NativeSelect
          label="Holds"
          data={[
            { value: 'loan', label: 'This account' },
            { value: 'person', label: 'All accounts of the person' },
          ]}
          value={scope}
          onChange={(event) => setScope(event.currentTarget.value)}
          w={210}
        />
        <PersonField people={account.people} value={personId} onChange={setPersonId} />
        <TextInput
          type="date"
          label="Review by (usual days if empty)"
          value={reviewOn}
          onChange={(event) => setReviewOn(event.currentTarget.value)}
          w={220}
        />
      </Group>
      <Textarea
        label="Note"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autosize={false}
        rows={2}
      />
    </ActionForm>
  );
}
