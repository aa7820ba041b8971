import { Button, Group, NativeSelect, Stack, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { FilePreview, MappingSaved } from '../../../../api/schemas/intake.ts';
import { fitsName } from '../../../../intake/fits-name.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { Notice } from '../../ui/notice.tsx';
import { tidy } from './mapping-draft.ts';
import type { FileMapping, Mapping } from './mapping-draft.ts';
import { RuleEditor } from './rule-editor.tsx';

interface Given {
  draft: Mapping;
  files: readonly FilePreview[];
  onChange: (draft: Mapping) => void;
  onSaved: (name: string) => void;
  onClose: () => void;
}

/** Makes a mapping, or changes a saved one: the preview beside it follows each change. Kept by its name. */
export function MappingEditor({ draft, files, onChange, onSaved, onClose }: Given): ReactNode {
  const [asData, setAsData] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const name = draft.name.trim();
  const save = useCommand({
    run: () => api.put<MappingSaved>(`/api/mappings/${name}`, { ...draft, name }),
    said: (saved) => `Saved as ${saved.name}.`,
    onDone: (saved) => onSaved(saved.name),
  });
  const set = (index: number, rule: FileMapping): void =>
    onChange({ ...draft, files: draft.files.map((each, place) => (place === index ? rule : each)) });
  const typed = (text: string): void => {
    setAsData(text);
    const read = mappingIn(text);
    setWrong(read === null ? 'Not JSON with a name and files yet' : null);
    if (read !== null) onChange(read);
  };
  return (
    <Stack gap="sm" role="region" aria-label="Mapping">
      <Group gap="xs" align="end">
        <TextInput
          label="Name of the mapping"
          size="xs"
          value={draft.name}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
          error={name === '' || /^[a-z0-9][a-z0-9-]{0,62}$/.test(name) ? null : 'lower case letters, digits, dashes'}
        />
        <NativeSelect
          label="A file holds"
          size="xs"
          data={[
            { value: '', label: 'all loans' },
            { value: 'past-due-only', label: 'past-due loans only' },
          ]}
          value={draft.kind === 'past-due-only' ? 'past-due-only' : ''}
          onChange={(event) => onChange(tidy({ ...draft, kind: event.currentTarget.value === '' ? undefined : 'past-due-only' }))} // prettier-ignore
        />
        <TextInput
          label="Date in the file’s name, as YYYYMMDD"
          size="xs"
          w={230}
          value={typeof draft.asOf === 'object' ? draft.asOf.fileName : ''}
          onChange={(event) => onChange(tidy({ ...draft, asOf: event.currentTarget.value === '' ? undefined : { fileName: event.currentTarget.value } }))} // prettier-ignore
        />
      </Group>
      {asData !== null ? (
        <Textarea
          label="As data (docs/import-mapping.md)"
          value={asData}
          onChange={(event) => typed(event.currentTarget.value)}
          rows={18}
          spellCheck={false}
          classNames={{ input: 'json' }}
          error={wrong}
        />
      ) : (
        draft.files.map((rule, index) => (
          <RuleEditor
            // Entries have no name of their own; they are only added at the end and taken out.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            rule={rule}
            file={files.find((file) => fitsName(rule.match, file.name))}
            onChange={(changed) => set(index, changed)}
            onRemove={() => onChange({ ...draft, files: draft.files.filter((_, place) => place !== index) })}
          />
        ))
      )}
      {save.error === null ? null : (
        <Notice tone="bad" title="It was not saved" role="alert">
          <span className="kept-lines">{save.error.message}</span>
        </Notice>
      )}
      <Group gap="xs">
        <Button
          size="compact-md"
          onClick={() => save.mutate(undefined)}
          loading={save.isPending}
          disabled={name === '' || wrong !== null}
        >
          Save mapping
        </Button>
        <Button
          size="compact-md"
          variant="default"
          disabled={asData !== null}
          onClick={
            () =>
            onChange({ ...draft, files: [...draft.files, { match: draft.files[0]?.match ?? '*', table: 'phones', columns: {} }] }) // prettier-ignore
          }
        >
          Another table
        </Button>
        <Button size="compact-md" variant="default" onClick={onClose}>
          Close without saving
        </Button>
        <button
          type="button"
          className="chip"
          aria-pressed={asData !== null}
          onClick={() => setAsData(asData === null ? JSON.stringify(draft, null, 2) : null)}
        >
          Edit as data
        </button>
      </Group>
    </Stack>
  );
}

/** What is typed as data, once it has the shape of a mapping; the server judges each field. */
function mappingIn(text: string): Mapping | null {
  try {
    const read = JSON.parse(text) as Partial<Mapping> | null;
    return typeof read?.name === 'string' && Array.isArray(read.files) ? (read as Mapping) : null;
  } catch {
    return null;
  }
}
