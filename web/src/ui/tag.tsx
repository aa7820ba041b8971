import type { ReactNode } from 'react';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

/** A word of state. Colour is never the only sign: the word says it too. */
export function Tag({ tone = 'quiet', children }: { tone?: Tone; children: ReactNode }): ReactNode {
  return (
    <span className="tag" data-tone={tone}>
      {children}
    </span>
  );
}
