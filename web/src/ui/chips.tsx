import type { ReactNode } from 'react';

interface Given {
  label: string;
  value: string;
  options: readonly { value: string; label: string; count?: number }[];
  onChange: (value: string) => void;
}

/** One choice of a few, as toggles in a row. */
export function Chips({ label, value, options, onChange }: Given): ReactNode {
  return (
    <div role="group" aria-label={label} className="chips">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="chip"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
          {option.count === undefined ? null : <span className="chip-count">{option.count}</span>}
        </button>
      ))}
    </div>
  );
}
