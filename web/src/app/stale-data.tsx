import type { ReactNode } from 'react';
import { useClock } from '../lib/session.ts';
import { Notice } from '../ui/notice.tsx';

/** On every page, while it bites: without the core's file nothing goes out by itself. */
export function StaleData(): ReactNode {
  const { data } = useClock();
  if (data === undefined || data.staleData === null) return null;
  return (
    <Notice tone="bad" title="No file, no sends" role="status">
      {data.staleData}. Nothing goes out by itself until the core’s next file is taken in; replies, stops and payments
      are not held up.
    </Notice>
  );
}
