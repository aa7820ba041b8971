import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCents, formatCents, parseDollars, prorateCents, splitCents } from '../../domain/money.ts';

describe('parseDollars reads by digits, never by floats', () => {
  it.each([
    ['1234.56', 123_456],
    ['$1,234.56', 123_456],
    ['1.1', 110],
    ['0.29', 29],
    ['.5', 50],
    ['8', 800],
    ['-12.50', -1250],
    ['$-3.00', -300],
    ['-$3.00', -300],
    ['($3.00)', -300],
    ['0', 0],
    ['-0.00', 0],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('%s', (text, cents) => expect(parseDollars(text)).toBe(cents));

  it.each([
    '',
    '.',
    '$',
    '-',
    '1.234',
    '1,23.00',
    '12,345,6',
    '1e3',
    '0x10',
    '1 000',
    '--1',
    '(-3)',
    '90071992547409.92',
    'NaN',
    '$1.2.3',
    '１２',
  ])('refuses %j', (text) => expect(parseDollars(text)).toBeNull());
});

describe('formatCents', () => {
  it.each([
    [0, '$0.00'],
    [5, '$0.05'],
    [-5, '-$0.05'],
    [123_456, '$1,234.56'],
    [-100_000_000, '-$1,000,000.00'],
  ])('%i', (cents, text) => expect(formatCents(cents)).toBe(text));

  it('refuses a fraction of a cent', () => expect(() => formatCents(1.5)).toThrow(RangeError));

  it('is read back to the same cents', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (cents) => {
        expect(parseDollars(formatCents(cents))).toBe(cents + 0);
      }),
    );
  });
});

describe('sums', () => {
  it('adds exactly or not at all', () => {
    expect(addCents(10, 20, -5)).toBe(25);
    expect(() => addCents(Number.MAX_SAFE_INTEGER, 1)).toThrow(RangeError);
    expect(() => addCents(0.1)).toThrow(RangeError);
  });

  it('a split sums to the total, its parts are equal but the last, which takes the rest', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 400 }), (total, parts) => {
        const split = splitCents(total, parts);
        expect(split).toHaveLength(parts);
        expect(addCents(...split)).toBe(total);
        const [first = 0] = split;
        const last = split.at(-1) ?? 0;
        expect(split.slice(0, -1).every((part) => part === split[0])).toBe(true);
        expect(last - first).toBeGreaterThanOrEqual(0);
        expect(last - first).toBeLessThan(parts);
      }),
    );
  });

  it('a split of nothing, of a negative amount or into no parts is refused', () => {
    expect(splitCents(0, 3)).toEqual([0, 0, 0]);
    expect(splitCents(1000, 3)).toEqual([333, 333, 334]);
    expect(() => splitCents(-1, 2)).toThrow(RangeError);
    expect(() => splitCents(10, 0)).toThrow(RangeError);
    expect(() => splitCents(10, 1.5)).toThrow(RangeError);
  });

  it('a share is rounded half up without floats', () => {
    expect(prorateCents(100, 1, 3)).toBe(33);
    expect(prorateCents(100, 2, 3)).toBe(67);
    expect(prorateCents(5, 1, 2)).toBe(3);
    expect(prorateCents(-5, 1, 2)).toBe(-2);
    expect(prorateCents(-100, 1, 3)).toBe(-33);
    expect(prorateCents(9_007_199_254_740_991, 365, 366)).toBe(8_982_589_420_711_644);
  });
});
