import type { ImportState } from '../../../../api/schemas/imports.ts';
import type { Tone } from '../../ui/tag.tsx';

export const importTones: Record<ImportState, Tone> = {
  received: 'info',
  staged: 'info',
  checked: 'info',
  quarantined: 'warn',
  released: 'info',
  merged: 'info',
  done: 'good',
  refused: 'quiet',
  failed: 'bad',
};
