import type { StopSwitch } from '../../../api/schemas/stop-switch.ts';
import { words } from './format.ts';

/** What a stop switch stops, in words. */
export const stopName = ({ scope, value }: Pick<StopSwitch, 'scope' | 'value'>): string => {
  if (scope === 'all') return 'everything';
  return scope === 'channel' ? `every ${words(value).toLowerCase()}` : `${scope} ${words(value).toLowerCase()}`;
};
