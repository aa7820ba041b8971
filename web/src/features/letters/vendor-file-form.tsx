import { Button, FileButton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { VendorFile, VendorFileAnswer } from '../../../../api/schemas/letters.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { count } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { Panel } from '../../ui/panel.tsx';

/** The printer's list as it comes back, with the day of mailing filled in: from that day the legal clocks run. */
export function VendorFileForm(): ReactNode {
  const may = useMay();
  const command = useCommand({
    run: async (file: File) =>
      api.post<VendorFileAnswer>('/api/letters/mailed-file', { text: await file.text() } satisfies VendorFile),
    said: ({ recorded }) => (recorded === 0 ? null : `${count(recorded)} recorded as mailed.`),
  });
  if (!may('letter.act')) return null;
  return (
    <Panel title="The printer’s list came back">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          The list that went to the printer, with <code>mailed_on</code> filled in (YYYY-MM-DD). Lines without a day are
          left for later.
        </Text>
        <FileButton
          accept=".csv,text/csv"
          onChange={(file) => {
            if (file !== null) command.mutate(file);
          }}
          inputProps={{ 'aria-label': 'The printer’s list' }}
        >
          {(props) => (
            <Button {...props} variant="default" loading={command.isPending}>
              Choose the list…
            </Button>
          )}
        </FileButton>
        {command.error === null ? null : (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {command.error.message}
          </Text>
        )}
        {command.data === undefined ? null : <Taken answer={command.data} />}
      </Stack>
    </Panel>
  );
}

function Taken({ answer: { recorded, already, refused } }: { answer: VendorFileAnswer }): ReactNode {
  return (
    <div role="status">
      <Text size="sm">
        {count(recorded)} recorded, {count(already)} known already, {count(refused.length)} refused.
      </Text>
      {refused.length === 0 ? null : (
        <ul className="plain" aria-label="Refused rows">
          {refused.slice(0, 100).map(({ row, field, reason }) => (
            <li key={`${row} ${field}`}>
              <Text size="sm">
                Row {row}, {field}: {reason}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
