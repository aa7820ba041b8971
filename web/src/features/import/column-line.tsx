import { Group, NativeSelect, Text, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { FilePreview } from '../../../../api/schemas/intake.ts';
import type { Column } from '../../../../intake/tables.ts';
import { codesIn, codesText, listIn, shortSource, sourceOf } from './mapping-draft.ts';
import type { ColumnSource } from './mapping-draft.ts';

const SAME = ' the same in every row';
const SEVERAL = ' several';

interface Given {
  column: Column;
  source: string | ColumnSource | undefined;
  from: FilePreview['columns'];
  onChange: (source: string | ColumnSource | undefined) => void;
}

/** Where one column of ours comes from: a column of the file, or a word of its own; and how it is written there. */
export function ColumnLine({ column, source, from, onChange }: Given): ReactNode {
  const whole = sourceOf(source);
  const chosen = whole.value !== undefined ? SAME : Array.isArray(whole.from) ? SEVERAL : (whole.from ?? '');
  const change = (part: Partial<Record<keyof ColumnSource, unknown>>): void =>
    onChange(shortSource({ ...whole, ...part } as ColumnSource));
  const known = from.map(({ name, samples }) => ({
    value: name,
    label: samples.length === 0 ? name : `${name} (${samples.slice(0, 2).join(', ')})`.slice(0, 60),
  }));
  const strange = typeof whole.from === 'string' && !from.some(({ name }) => name === whole.from);
  return (
    <div className="mapping-column" role="group" aria-label={column.name}>
      <Group gap="xs" align="end">
        <NativeSelect
          label={column.required ? `${column.name} (must be there)` : column.name}
          size="xs"
          value={chosen}
          data={[
            { value: '', label: '–' },
            ...(strange ? [{ value: chosen, label: `${chosen} (not in this file)` }] : []),
            ...known,
            { value: SAME, label: 'The same in every row' },
            ...(chosen === SEVERAL
              ? [{ value: SEVERAL, label: Array.isArray(whole.from) ? whole.from.join(' + ') : '' }]
              : []),
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            if (value === '') onChange(undefined);
            // A blank stands until a word is typed: an empty one would be no source.
            else if (value === SAME) onChange({ value: ' ' });
            else change({ from: value, value: undefined });
          }}
          w={260}
        />
        {chosen === SAME ? (
          <TextInput
            label="Word"
            size="xs"
            w={160}
            value={(whole.value ?? '').trim()}
            onChange={(event) => change({ value: event.currentTarget.value === '' ? ' ' : event.currentTarget.value })}
          />
        ) : null}
      </Group>
      {chosen === '' || chosen === SAME ? null : <How column={column} whole={whole} from={from} change={change} />}
    </div>
  );
}

interface HowGiven {
  column: Column;
  whole: ColumnSource;
  from: FilePreview['columns'];
  change: (part: Partial<Record<keyof ColumnSource, unknown>>) => void;
}

const derivations: Partial<Record<string, ColumnSource['derive']>> = {
  days_past_due: 'days-from-next-due',
  next_due_on: 'next-due-from-days',
  past_due_amount: 'past-due-from-days',
};
const derived: Record<NonNullable<ColumnSource['derive']>, string> = {
  'days-from-next-due': 'Counted from the due date that stands here',
  'next-due-from-days': 'Counted back from the days past due that stand here',
  'past-due-from-days': 'An instalment for each 30 days past due begun',
};

/** How the text of a file becomes the value of ours; closed until it is needed. */
function How({ column, whole, from, change }: HowGiven): ReactNode {
  const derive = derivations[column.name];
  const { from: _from, ...rest } = whole;
  const words = (name: string, key: keyof ColumnSource, value: string | undefined, width = 150): ReactNode => (
    <TextInput
      label={name}
      size="xs"
      w={width}
      defaultValue={value ?? ''}
      onChange={(event) => change({ [key]: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
    />
  );
  const number = (name: string, key: keyof ColumnSource, value: number | undefined): ReactNode => (
    <TextInput
      label={name}
      size="xs"
      w={130}
      inputMode="decimal"
      defaultValue={value === undefined ? '' : String(value)}
      onChange={(event) => {
        const typed = Number(event.currentTarget.value);
        change({ [key]: event.currentTarget.value.trim() === '' || !Number.isFinite(typed) ? undefined : typed });
      }}
    />
  );
  return (
    <details open={Object.keys(rest).length > 0}>
      <summary>
        <Text span size="xs">
          How it is written
        </Text>
      </summary>
      <Group gap="xs" align="end">
        {column.type === 'date' || column.type === 'instant' ? (
          <>
            {words('Date pattern, as MM/DD/YYYY', 'date', whole.date, 190)}
            {number('Months to add', 'plusMonths', whole.plusMonths)}
          </>
        ) : null}
        {column.type === 'money' ? (
          <NativeSelect
            label="Money"
            size="xs"
            value={whole.money ?? ''}
            data={[
              { value: '', label: 'plain dollars' },
              { value: 'dollars', label: 'dollars with $ , ( ) CR' },
              { value: 'cents', label: 'cents' },
              { value: 'implied-2', label: 'two implied decimals' },
            ]}
            onChange={(event) => change({ money: event.currentTarget.value })}
          />
        ) : null}
        {column.type === 'decimal' ? number('Implied decimals', 'impliedDecimals', whole.impliedDecimals) : null}
        {column.type === 'decimal' || column.type === 'integer' ? number('Times', 'times', whole.times) : null}
        {column.type === 'flag' ? (
          <>
            <Words name="Words for yes" list={whole.yes} onChange={(yes) => change({ yes })} />
            <Words name="Words for no" list={whole.no} onChange={(no) => change({ no })} />
          </>
        ) : null}
        {derive === undefined ? null : (
          <NativeSelect
            label="Or derived"
            size="xs"
            value={whole.derive ?? ''}
            data={[
              { value: '', label: 'as it stands' },
              { value: derive, label: derived[derive] },
            ]}
            onChange={(event) => change({ derive: event.currentTarget.value })}
          />
        )}
        {whole.derive === 'past-due-from-days' ? (
          <NativeSelect
            label="Instalment"
            size="xs"
            value={whole.payment ?? ''}
            data={['', ...from.map(({ name }) => name)]}
            onChange={(event) => change({ payment: event.currentTarget.value })}
          />
        ) : null}
        <Words name="Words for not known" list={whole.unknown} onChange={(unknown) => change({ unknown })} />
        {column.type === 'key' || column.type === 'text' ? words('Put in front', 'prefix', whole.prefix, 110) : null}
        {words('Where empty', 'whenEmpty', whole.whenEmpty, 110)}
        {column.choices.length > 0 || column.type === 'word' || column.type === 'text' ? (
          <Codes whole={whole} choices={column.choices} change={change} />
        ) : null}
      </Group>
    </details>
  );
}

function Words({
  name,
  list,
  onChange,
}: {
  name: string;
  list: readonly string[] | undefined;
  onChange: (list: string[] | undefined) => void;
}): ReactNode {
  return (
    <TextInput
      label={`${name}, by commas`}
      size="xs"
      w={190}
      defaultValue={list?.join(', ') ?? ''}
      onChange={(event) => onChange(listIn(event.currentTarget.value))}
    />
  );
}

function Codes({
  whole,
  choices,
  change,
}: Pick<HowGiven, 'whole' | 'change'> & { choices: readonly string[] }): ReactNode {
  const [text, setText] = useState(() => codesText(whole.codes));
  return (
    <>
      <Textarea
        label="Codes: theirs = ours, a line each"
        description={choices.length === 0 ? undefined : choices.join(', ')}
        size="xs"
        autosize
        minRows={2}
        miw={220}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          change({ codes: codesIn(event.currentTarget.value) });
        }}
      />
      <TextInput
        label="Any other code"
        size="xs"
        w={130}
        placeholder="is refused"
        defaultValue={whole.otherCodes ?? ''}
        onChange={(event) => change({ otherCodes: event.currentTarget.value })}
      />
    </>
  );
}
