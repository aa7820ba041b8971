import type { ReactNode } from 'react';

/** A table that is wider than a narrow window scrolls by itself, and can be scrolled by keyboard. */
export function WideTable({ minWidth, children }: { minWidth: number; children: ReactNode }): ReactNode {
  return (
    <div className="wide-table" role="region" aria-label="Table" tabIndex={0}>
      <div style={{ minWidth }}>{children}</div>
    </div>
  );
}
