import { Button, FileButton, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { bytes } from '../../lib/format.ts';
import { Tag } from '../../ui/tag.tsx';
import type { ChosenFile } from './chosen-files.ts';

/** Where files are dropped, or chosen by keyboard; what was chosen stands below and can be taken back. */
export function DropZone({
  files,
  onAdd,
  onRemove,
}: {
  files: readonly ChosenFile[];
  onAdd: (files: File[]) => void;
  onRemove: (name: string) => void;
}): ReactNode {
  const [over, setOver] = useState(false);
  return (
    <>
      <div
        className="drop-zone"
        role="group"
        aria-label="Files to bring"
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          onAdd([...event.dataTransfer.files]);
        }}
      >
        <Text size="sm">Drop the files of a set here, its manifest.json among them if there is one, or</Text>
        <FileButton multiple onChange={onAdd} inputProps={{ 'aria-label': 'Files' }}>
          {(props) => (
            <Button {...props} variant="default" size="compact-md">
              Choose files…
            </Button>
          )}
        </FileButton>
      </div>
      {files.length === 0 ? null : (
        <ul className="plain" aria-label="Chosen files">
          {files.map(({ file, wrong }) => (
            <li key={file.name}>
              <Group gap="xs">
                <Text size="sm" className="wraps">
                  {file.name}, {bytes(file.size)}
                </Text>
                {wrong === null ? null : <Tag tone="bad">cannot be brought</Tag>}
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`Remove ${file.name}`}
                  onClick={() => onRemove(file.name)}
                >
                  Remove
                </Button>
              </Group>
              {wrong === null ? null : (
                <Text size="xs" c="var(--mantine-color-error)">
                  It is {wrong}.
                </Text>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
