import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { LetterReturned, LetterReturnedAnswer } from '../../../../api/schemas/letters.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { useMay } from '../../lib/session.ts';
import { Panel } from '../../ui/panel.tsx';
import { Asked } from './letter-form.tsx';

/** Mail that came back, by the number under its barcode: typed in, or read by a scanner. */
export function ReturnedForm(): ReactNode {
  const may = useMay();
  const [letterId, setLetterId] = useState('');
  const [on, setOn] = useState('');
  const [reason, setReason] = useState('');
  const command = useCommand({
    run: (body: LetterReturned) => api.postOnce<LetterReturnedAnswer>('/api/letters/returned', body),
    said: (answer) =>
      answer.already
        ? 'Known already.'
        : answer.addressMarked
          ? 'Recorded: the address is marked, and somebody is asked to find a better one.'
          : 'Recorded. The address on file is another one by now.',
    onDone: () => {
      setLetterId('');
      setReason('');
    },
  });
  if (!may('letter.act')) return null;
  return (
    <Panel title="Mail came back">
      <Asked
        label="Mail came back"
        button="Record"
        command={command}
        ready={letterId.trim().length >= 8 && on !== '' && reason.trim() !== ''}
        submit={() => command.mutate({ letterId: letterId.trim(), on, reason: reason.trim() })}
      >
        <TextInput
          label="Number under the barcode"
          value={letterId}
          onChange={(event) => setLetterId(event.currentTarget.value)}
        />
        <TextInput type="date" label="Came back on" value={on} onChange={(event) => setOn(event.currentTarget.value)} />
        <TextInput
          label="What the post wrote"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Asked>
    </Panel>
  );
}
