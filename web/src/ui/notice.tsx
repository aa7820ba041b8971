import { useId } from 'react';
import type { ReactNode } from 'react';
import type { Tone } from './tag.tsx';

interface Given {
  tone: Tone;
  title?: string;
  role?: 'alert' | 'status';
  children?: ReactNode;
}

/** Something to know before going on. Quiet in both schemes; a refusal is also read out (`role="alert"`). */
export function Notice({ tone, title, role, children }: Given): ReactNode {
  const id = useId();
  return (
    <div
      className="notice"
      data-tone={tone}
      role={role ?? 'group'}
      {...(title === undefined ? { 'aria-label': 'Notice' } : { 'aria-labelledby': id })}
    >
      {title === undefined ? null : (
        <b id={id} className="notice-title">
          {title}
        </b>
      )}
      {children}
    </div>
  );
}
