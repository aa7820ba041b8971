import { NumberInput, Table, Text, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PolicyAnswer, ProposePolicy } from '../../../../api/schemas/policies.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { words } from '../../lib/format.ts';
import { ActionForm } from '../actions/form.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const stepsOf = (content: Json): Json[] => (Array.isArray(content['steps']) ? content['steps'].filter(isRecord) : []);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The days and titles of steps as a form; the whole as data for what the form does not know. */
export function ProposeForm({
  policy,
  content,
  onClose,
}: {
  policy: string;
  content: Json;
  onClose: () => void;
}): ReactNode {
  const [draft, setDraft] = useState(() => structuredClone(content));
  const [asData, setAsData] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const command = useCommand({
    run: (body: ProposePolicy) => api.post<PolicyAnswer>(`/api/policies/${encodeURIComponent(policy)}/versions`, body),
    said: (answer) => `Version ${answer.version} is a draft; somebody else has to approve it.`,
    onDone: onClose,
  });
  const submit = (): void => {
    if (asData === null) return command.mutate({ content: draft });
    try {
      const parsed: unknown = JSON.parse(asData);
      if (!isRecord(parsed)) throw new Error('not an object');
      setWrong(null);
      command.mutate({ content: parsed });
    } catch {
      setWrong('This is not JSON.');
    }
  };
  const change = (index: number, field: string, value: unknown): void =>
    setDraft((now) => ({
      ...now,
      steps: stepsOf(now).map((step, at) => (at === index ? { ...step, [field]: value } : step)),
    }));
  return (
    <ActionForm
      title="Propose the next version"
      submit="Propose"
      pending={command.isPending}
      error={command.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      {asData === null ? (
        <WideTable label="Steps to change" minWidth={420}>
          <Table verticalSpacing={2}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Step</Table.Th>
                <Table.Th>Title</Table.Th>
                <Table.Th>Day</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {stepsOf(draft).map((step, index) => (
                <Table.Tr key={text(step['id'])}>
                  <Table.Td>
                    {words(text(step['id']))}
                    <Text size="xs" c="dimmed">
                      {words(text(step['channel']))}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <TextInput
                      aria-label={`Title of ${text(step['id'])}`}
                      size="xs"
                      value={text(step['title'])}
                      onChange={(event) => change(index, 'title', event.currentTarget.value)}
                    />
                  </Table.Td>
                  <Table.Td>
                    {typeof step['day'] === 'number' ? (
                      <NumberInput
                        aria-label={`Day of ${text(step['id'])}`}
                        size="xs"
                        w={90}
                        min={-30}
                        max={400}
                        allowDecimal={false}
                        value={step['day']}
                        onChange={(value) => change(index, 'day', Number(value))}
                      />
                    ) : (
                      '–'
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      ) : (
        <Textarea
          label="As data"
          value={asData}
          onChange={(event) => setAsData(event.currentTarget.value)}
          rows={18}
          spellCheck={false}
          classNames={{ input: 'json' }}
          error={wrong}
        />
      )}
      <button
        type="button"
        className="chip"
        aria-pressed={asData !== null}
        onClick={() => setAsData(asData === null ? JSON.stringify(draft, null, 2) : null)}
      >
        Edit as data
      </button>
    </ActionForm>
  );
}
