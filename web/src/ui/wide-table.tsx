import type { ReactNode } from 'react';

/** A table that is wider than a narrow window scrolls by itself, and can be scrolled by keyboard. */
export function WideTable({
  label,
  minWidth,
  children,
}: {
  /** What the table holds: regions of a page are told apart by it. */
  label: string;
  minWidth: number;
  children: ReactNode;
}): ReactNode {
  return (
    <div className="wide-table" role="region" aria-label={label} tabIndex={0}>
      <div style={{ minWidth }}>{children}</div>
    </div>
  );
}
