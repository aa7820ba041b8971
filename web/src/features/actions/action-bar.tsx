import { Button, Group, Stack } from '@mantine/core';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Permission } from '../../../../api/schemas/session.ts';
import { useMay } from '../../lib/session.ts';
import type { Account, ActionName } from './account.ts';
import { CallForm } from './call-form.tsx';
import { HoldForm } from './hold-form.tsx';
import { NoteForm } from './note-form.tsx';
import { PaymentForm } from './payment-form.tsx';
import { PromiseForm } from './promise-form.tsx';

const actions: readonly { name: ActionName; label: string; permission: Permission }[] = [
  { name: 'payment', label: 'Take payment', permission: 'payment.take' },
  { name: 'promise', label: 'Promise', permission: 'promise.make' },
  { name: 'hold', label: 'Hold', permission: 'hold.place' },
  { name: 'note', label: 'Note', permission: 'note.write' },
  { name: 'call', label: 'Log call', permission: 'work.act' },
];

/** What one may do to this account, each opening in place: no dialog hides what one is deciding about. */
export function ActionBar({ account }: { account: Account }): ReactNode {
  const may = useMay();
  const [open, setOpen] = useState<ActionName | null>(null);
  const buttons = useRef(new Map<ActionName, HTMLButtonElement | null>());
  // Whoever works by keyboard goes on where they began.
  const close = (): void => {
    if (open !== null) buttons.current.get(open)?.focus();
    setOpen(null);
  };
  const shown = actions.filter(
    (action) => may(action.permission) && (action.name !== 'call' || account.callItemId !== null),
  );
  if (shown.length === 0) return null;
  return (
    <Stack gap="xs">
      <Group gap={6} role="group" aria-label="Actions">
        {shown.map((action) => (
          <Button
            key={action.name}
            ref={(button: HTMLButtonElement | null) => void buttons.current.set(action.name, button)}
            size="compact-md"
            variant={open === action.name ? 'light' : 'default'}
            aria-expanded={open === action.name}
            onClick={() => setOpen(open === action.name ? null : action.name)}
          >
            {action.label}
          </Button>
        ))}
      </Group>
      {open === null ? null : <OpenAction name={open} account={account} onClose={close} />}
    </Stack>
  );
}

export function OpenAction({
  name,
  ...props
}: {
  name: ActionName;
  account: Account;
  onClose: () => void;
  onLogged?: () => void;
}): ReactNode {
  switch (name) {
    case 'payment':
      return <PaymentForm {...props} />;
    case 'promise':
      return <PromiseForm {...props} />;
    case 'hold':
      return <HoldForm {...props} />;
    case 'note':
      return <NoteForm {...props} />;
    case 'call':
      return <CallForm {...props} />;
  }
}
