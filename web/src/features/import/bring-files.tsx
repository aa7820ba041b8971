import { Button, Checkbox, Group, NativeSelect, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { MappingList, Previews, Uploaded } from '../../../../api/schemas/intake.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { choose, wrongTogether } from './chosen-files.ts';
import type { ChosenFile } from './chosen-files.ts';
import { DropZone } from './drop-zone.tsx';
import { startMapping } from './mapping-draft.ts';
import type { Mapping } from './mapping-draft.ts';
import { MappingEditor } from './mapping-editor.tsx';
import { Preview } from './preview.tsx';

/** An instant as the browser's own clock shows it, for a field of date and time. */
function localText(ms: number): string {
  return new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Brings files by hand: drop them, say how they are read, look at the first rows, and take them in. */
export function BringFiles({ onBrought }: { onBrought: (set: number) => void }): ReactNode {
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [name, setName] = useState('');
  const [draft, setDraft] = useState<Mapping | null>(null);
  const [typedAsOf, setAsOf] = useState<string | null>(null);
  const [kind, setKind] = useState('all-loans');
  const [dryRun, setDryRun] = useState(false);
  const [allOrNothing, setAllOrNothing] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const mappings = useQuery({
    queryKey: ['mappings'],
    queryFn: ({ signal }) => api.get<MappingList>('/api/mappings', signal),
  });
  const saved = mappings.data?.rows.find((row) => row.name === name);
  const mapping = draft ?? saved?.content ?? null;
  const wrong = wrongTogether(files);
  const [asked] = useDebouncedValue({ files: files.map(({ beginning }) => beginning), mapping }, 300);
  const preview = useQuery({
    queryKey: ['import-preview', asked],
    queryFn: () => api.post<Previews>('/api/import-previews', { files: asked.files, mapping: asked.mapping }),
    enabled: asked.files.length > 0 && wrong === null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const newest = Math.max(0, ...files.map(({ file }) => file.lastModified));
  const asOf = typedAsOf ?? (newest === 0 ? '' : localText(newest));
  // What the set itself says goes before what is typed here.
  const saysItself = files.some(({ file }) => file.name === 'manifest.json');
  const bring = useCommand({
    run: () => {
      const form = new FormData();
      if (name !== '') form.append('mapping', name);
      form.append('dryRun', String(dryRun));
      form.append('allOrNothing', String(allOrNothing));
      form.append('kind', kind);
      if (asOf !== '') form.append('asOf', new Date(asOf).toISOString());
      for (const { file } of files) form.append('files', file, file.name);
      return api.postForm<Uploaded>('/api/imports', form, setSent);
    },
    said: ({ id }) => `Brought as set ${id}.`,
    onDone: ({ id }) => {
      setFiles([]);
      setSent(null);
      onBrought(id);
    },
  });
  const shown = files.length === 0 ? [] : (preview.data?.files ?? []);
  return (
    <Panel title="Bring files">
      <Stack gap="sm">
        <DropZone
          files={files}
          onAdd={(added) => void choose(files, added).then(setFiles)}
          onRemove={(gone) => setFiles(files.filter(({ file }) => file.name !== gone))}
        />
        <Group gap="xs" align="end">
          <NativeSelect
            label="How they are read"
            value={name}
            disabled={draft !== null}
            data={[
              { value: '', label: 'Our own format: no mapping' },
              ...(mappings.data?.rows ?? []).map((row) => ({ value: row.name, label: row.name })),
            ]}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {draft === null ? (
            <>
              <Button variant="default" disabled={files.length === 0} onClick={() => setDraft(startMapping(shown))}>
                Make a mapping…
              </Button>
              {saved === undefined ? null : (
                <Button variant="default" onClick={() => setDraft(saved.content as Mapping)}>
                  Change it…
                </Button>
              )}
            </>
          ) : null}
        </Group>
        {draft === null ? null : (
          <MappingEditor
            draft={draft}
            files={shown}
            onChange={setDraft}
            onSaved={(savedName) => {
              setName(savedName);
              setDraft(null);
            }}
            onClose={() => setDraft(null)}
          />
        )}
        {wrong === null ? null : <Notice tone="bad">{wrong}.</Notice>}
        {preview.isError && files.length > 0 ? (
          <Notice tone="bad" title="No preview" role="alert">
            <span className="kept-lines">{preview.error.message}</span>
          </Notice>
        ) : (
          <Preview files={shown} />
        )}
        {files.length === 0 ? null : (
          <>
            {saysItself ? null : (
              <Group gap="xs" align="end">
                <TextInput
                  type="datetime-local"
                  label="When the core wrote them"
                  description="Where the mapping does not say"
                  value={asOf}
                  onChange={(event) => setAsOf(event.currentTarget.value)}
                />
                <NativeSelect
                  label="They hold"
                  description="Where the mapping does not say"
                  data={[
                    { value: 'all-loans', label: 'all loans' },
                    { value: 'past-due-only', label: 'past-due loans only' },
                  ]}
                  value={kind}
                  onChange={(event) => setKind(event.currentTarget.value)}
                />
              </Group>
            )}
            <Group gap="md">
              <Checkbox
                label="Dry run: do everything, keep nothing"
                checked={dryRun}
                onChange={(event) => setDryRun(event.currentTarget.checked)}
              />
              <Checkbox
                label="All or nothing: one bad row, and a manager decides"
                checked={allOrNothing}
                onChange={(event) => setAllOrNothing(event.currentTarget.checked)}
              />
            </Group>
            {bring.error === null ? null : (
              <Notice tone="bad" title="They were not taken" role="alert">
                {bring.error.message}
              </Notice>
            )}
            {bring.isPending && sent !== null ? (
              <div role="status">
                <Text size="sm">Sending: {Math.round(sent * 100)} %</Text>
                <Progress value={sent * 100} aria-label="Sending" />
              </div>
            ) : null}
            <Group>
              <Button
                onClick={() => bring.mutate(undefined)}
                loading={bring.isPending}
                disabled={wrong !== null || draft !== null}
              >
                {dryRun ? 'Try them' : 'Take them in'}
              </Button>
              {draft === null ? null : <Text size="sm">Save the mapping first, or close it.</Text>}
            </Group>
          </>
        )}
        <Text size="sm" c="dimmed">
          Each night’s set comes by itself: the core’s job calls <code>makegood import FOLDER</code>. What stops contact
          in a file (a bankruptcy, a death, an opt-out) takes effect at once, even while the rest waits.
        </Text>
      </Stack>
    </Panel>
  );
}
