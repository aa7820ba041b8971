import { Anchor, Button, FileInput, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { Document, DocumentList } from '../../../../api/schemas/documents.ts';
import { api, query } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { bytes, day, when, words } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';

const kinds: readonly Document['kind'][] = [
  'hardship-letter',
  'income-proof',
  'bank-statement',
  'payment-proof',
  'insurance-proof',
  'bankruptcy-notice',
  'attorney-letter',
  'power-of-attorney',
  'death-certificate',
  'military-orders',
  'dispute-letter',
  'signed-agreement',
  'identity-document',
  'correspondence',
  'other',
];
const mediaTypes: readonly string[] = ['application/pdf', 'image/png', 'image/jpeg'] satisfies Document['mediaType'][];
const MAX_BYTES = 10 * 1024 * 1024;

/** What was handed in, each with its type and the day until which it is kept. Nothing is deleted by hand. */
export function DocumentsPanel({ loan, zone }: { loan: string; zone: string }): ReactNode {
  const may = useMay();
  const [open, setOpen] = useState(false);
  const list = useQuery({
    queryKey: ['loan', loan, 'documents'],
    queryFn: ({ signal }) => api.get<DocumentList>(`/api/loans/${loan}/documents`, signal),
  });
  return (
    <Panel
      title="Documents"
      side={
        may('note.write') && !open ? (
          <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
            File a document…
          </Button>
        ) : null
      }
    >
      <Stack gap="xs">
        {open ? <FileForm loan={loan} onClose={() => setOpen(false)} /> : null}
        <Answer query={list}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Text size="sm" c="dimmed">
                None filed.
              </Text>
            ) : (
              <ul className="plain" aria-label="Documents">
                {rows.map((row) => (
                  <Line key={row.id} row={row} zone={zone} />
                ))}
              </ul>
            )
          }
        </Answer>
      </Stack>
    </Panel>
  );
}

function Line({ row, zone }: { row: Document; zone: string }): ReactNode {
  return (
    <li>
      <Group gap={6}>
        {row.removedAt === null ? (
          <Anchor href={`/api/documents/${row.id}/content`} download size="sm">
            {row.title}
          </Anchor>
        ) : (
          <Text size="sm">{row.title}</Text>
        )}
        <Tag>{words(row.kind)}</Tag>
        {row.removedAt === null ? null : <Tag tone="warn">removed at the end of its retention</Tag>}
      </Group>
      <Text size="xs" c="dimmed">
        {when(row.filedAt, zone)}, {row.actor}, {bytes(row.bytes)}, kept until {day(row.keepUntil)}
      </Text>
    </li>
  );
}

function FileForm({ loan, onClose }: { loan: string; onClose: () => void }): ReactNode {
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<string>('correspondence');
  const [title, setTitle] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const command = useCommand({
    run: (chosen: File) =>
      api.postFile<{ id: string }>(`/api/loans/${loan}/documents${query({ kind, title: title.trim() })}`, chosen),
    said: () => 'Filed.',
    onDone: onClose,
  });
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    setWrong(null);
    if (chosen !== null && title.trim() === '') setTitle(chosen.name.replace(/\.[^.]+$/, '').slice(0, 120));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file === null) return setWrong('Choose a file');
    if (!mediaTypes.includes(file.type)) return setWrong('Only PDF, PNG and JPEG files are kept');
    if (file.size > MAX_BYTES) return setWrong('At most 10 MB');
    command.mutate(file);
  };
  return (
    <form onSubmit={submit} aria-label="File a document" className="action-form" noValidate>
      <Stack gap="xs">
        <FileInput
          label="File"
          placeholder="PDF, PNG or JPEG, at most 10 MB"
          accept={mediaTypes.join(',')}
          value={file}
          onChange={choose}
          error={wrong}
        />
        <Group gap="xs" align="start">
          <NativeSelect
            label="Type"
            data={kinds.map((value) => ({ value, label: words(value) }))}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value)}
            w={180}
          />
          <TextInput
            label="Title"
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            maxLength={120}
            flex={1}
            miw={180}
          />
        </Group>
        {command.error === null ? null : (
          <Notice tone="bad" role="alert">
            {command.error.message}
          </Notice>
        )}
        <Group gap="xs">
          <Button type="submit" size="compact-md" loading={command.isPending} disabled={title.trim() === ''}>
            File it
          </Button>
          <Button variant="default" size="compact-md" onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
