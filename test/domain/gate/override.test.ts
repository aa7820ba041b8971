import { describe, expect, it } from 'vitest';
import { overridableRows, RULE_BOOK, shippedRuleset, withoutRows } from '../../../domain/gate/index.ts';

const held = { severity: 'deny', kind: 'policy' } as const;

describe('what a manager may set aside', () => {
  it('is a denial or deferral whose every row is switchable bank policy', () => {
    const volume = { ...held, rule: 'contact-volume' };
    expect(overridableRows('deny', [volume])).toEqual(['contact-volume']);
    expect(overridableRows('defer-until', [{ ...volume, severity: 'defer-until' }, volume])).toEqual([
      'contact-volume',
    ]);
    expect(overridableRows('allow', [])).toBeNull();
    expect(overridableRows('deny', [])).toBeNull();
    expect(overridableRows('require-approval', [{ ...volume, severity: 'require-approval' }])).toBeNull();
    expect(overridableRows('deny', [volume, { ...held, rule: 'sms-privacy', severity: 'require-content' }])).toBeNull();
  });

  it('is never a row of law or of counsel’s reading, whichever it is', () => {
    for (const { id } of RULE_BOOK) {
      for (const kind of ['law', 'counsel'] as const)
        expect(overridableRows('deny', [{ ...held, rule: id, kind }])).toBeNull();
    }
  });

  it('is never what is unknown, stale or a life at risk, though these are bank policy', () => {
    for (const rule of ['input-missing', 'data-stale', 'self-harm-signal', 'window-hours'])
      expect(overridableRows('deny', [{ ...held, rule }])).toBeNull();
    expect(withoutRows(shippedRuleset, ['self-harm-signal', 'contact-volume']).off).toEqual(['contact-volume']);
  });
});
