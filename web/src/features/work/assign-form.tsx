import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { WorkItem, WorkOwners } from '../../../../api/schemas/work.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { ActionForm } from '../actions/form.tsx';

/** Gives an item to one person, or back to whoever comes first. */
export function AssignForm({ item, onClose }: { item: WorkItem; onClose: () => void }): ReactNode {
  const [owner, setOwner] = useState(item.owner ?? '');
  const owners = useQuery({
    queryKey: ['work-owners'],
    queryFn: ({ signal }) => api.get<WorkOwners>('/api/work/owners', signal),
    staleTime: 60_000,
  });
  const command = useCommand({
    run: (body: { owner: string | null }) => api.post<{ id: string }>(`/api/work/${item.id}/assign`, body),
    said: () => (owner === '' ? 'Anybody’s again.' : `Given to ${owner}.`),
    onDone: onClose,
  });
  return (
    <ActionForm
      title="Give to"
      submit="Give"
      pending={command.isPending}
      error={command.error ?? owners.error}
      onSubmit={() => command.mutate({ owner: owner === '' ? null : owner })}
      onCancel={onClose}
    >
      <NativeSelect
        label="Who"
        data={[
          { value: '', label: 'Anybody' },
          ...(owners.data?.rows ?? []).map((row) => ({ value: row.email, label: `${row.name}, ${row.team}` })),
        ]}
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
        w={280}
        autoFocus
      />
    </ActionForm>
  );
}
