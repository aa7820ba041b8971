import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localIn } from './calendar.ts';
import type { Contact } from './evidence.ts';

/** What went, as it must be the same however often the worker died: account, step, occurrence, channel, business date. */
function sendsOf(folder: string): string[] {
  const lines = readFileSync(join(folder, 'contacts.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines
    .map((line) => JSON.parse(line) as Contact)
    .filter(({ templateVersion, status }) => templateVersion !== null && !['failed', 'prepared'].includes(status))
    .map(
      ({ loanNumbers, customerNumber, step, template, cycle, channel, decidedAt, zones }) =>
      [loanNumbers.join('+'), customerNumber, step ?? template, cycle, channel, localIn(zones[0] ?? 'America/New_York', Date.parse(decidedAt)).date].join(' '), // prettier-ignore
    )
    .toSorted();
}

/** Lines that one run has and the other has not; a line that stands twice in one must stand twice in the other. */
export function differences(calm: string, shaken: string): string[] {
  const only = (mine: string[], theirs: string[], sign: string): string[] => {
    const left = [...theirs];
    return mine.flatMap((line) => {
      const at = left.indexOf(line);
      if (at === -1) return [`${sign} ${line}`];
      left.splice(at, 1);
      return [];
    });
  };
  const [first, second] = [sendsOf(calm), sendsOf(shaken)];
  return [...only(first, second, 'calm only:'), ...only(second, first, 'restarts only:')];
}
