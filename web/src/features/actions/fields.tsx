import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { typedCents } from '../../lib/money.ts';

export interface Payer {
  id: string;
  name: string;
}

interface Field {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}

export function AmountField({
  label,
  value,
  onChange,
  autoFocus = false,
  tried,
}: Field & { tried: boolean }): ReactNode {
  const wrong = tried && typedCents(value) === null;
  return (
    <TextInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      inputMode="decimal"
      autoComplete="off"
      leftSection="$"
      w={160}
      error={wrong ? 'An amount such as 120.50' : null}
      {...(autoFocus ? { 'data-autofocus': true, autoFocus: true } : {})}
    />
  );
}

export function DateField({ label, value, onChange, autoFocus = false }: Field): ReactNode {
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      w={160}
      autoFocus={autoFocus}
    />
  );
}

/** Nothing to choose with one person on the account. */
export function PersonField({
  people,
  value,
  onChange,
}: {
  people: readonly Payer[];
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  if (people.length < 2) return null;
  return (
    <NativeSelect
      label="Person"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={people.map((person) => ({ value: person.id, label: person.name }))}
      w={200}
    />
  );
}
