import { describe, expect, it } from 'vitest';
import { askedAs, purposeOfStep } from '../../activities/contact/asked-as.ts';
import { catalog } from '../../templates/catalog.ts';

describe('what the gate is asked about a message', () => {
  it('is the notice that a legal letter is, and collection for every other step', () => {
    expect(purposeOfStep('right-to-cure', 'letter')).toEqual({ purpose: 'legal-notice', notice: 'right-to-cure' });
    expect(purposeOfStep('early-intervention', 'letter')).toEqual({
      purpose: 'legal-notice',
      notice: 'early-intervention',
    });
    expect(purposeOfStep('breach', 'letter')).toEqual({ purpose: 'legal-notice', notice: 'mortgage-default' });
    expect(purposeOfStep('hud-counselling', 'letter')).toEqual({ purpose: 'legal-notice', notice: null });
    expect(purposeOfStep('late-1', 'letter')).toEqual({ purpose: 'collection', notice: null });
    expect(purposeOfStep('nothing-of-the-kind', 'sms')).toEqual({ purpose: 'collection', notice: null });
  });

  it('reads the same from the row as from the step, for every template of the catalogue', () => {
    for (const { id, channel } of catalog) {
      const { purpose, notice } = purposeOfStep(id, channel);
      expect(askedAs({ purpose, template: id, channel })).toMatchObject({ purpose, notice });
    }
  });

  it('takes a purpose that nobody knows for collection', () => {
    expect(askedAs({ purpose: 'greeting', template: 'late-1', channel: 'letter' }).purpose).toBe('collection');
  });
});
