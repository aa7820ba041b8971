import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { RecordReader } from '../../intake/records.ts';
import type { BrokenCode } from '../../intake/records.ts';

interface Read {
  rows: string[][];
  broken: [number, BrokenCode][];
}

function read(bytes: Buffer, pieceSize = 1_048_576, expected: number | null = null): Read {
  const seen: Read = { rows: [], broken: [] };
  const reader = new RecordReader(
    { kind: 'delimited', delimiter: ',', encoding: 'utf-8', ignore: [] },
    { record: (fields) => seen.rows.push(fields), broken: (line, code) => seen.broken.push([line, code]) },
  );
  reader.expected = expected;
  for (let at = 0; at < bytes.length; at += pieceSize) reader.push(bytes.subarray(at, at + pieceSize));
  reader.end();
  return seen;
}

const cell = fc.string({
  unit: fc.constantFrom('a', 'b', ',', '"', '\n', ' ', 'é', '€', '😀', "'", ';'),
  maxLength: 8,
});
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }));
const written = (rows: string[][], newline: string): string =>
  rows
    .map((row) =>
      row.map((text) => (/[",\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text)).join(','),
    )
    .join(newline) + newline;

describe('reading records', () => {
  it('agrees with csv-parse on every well-formed file, whatever the pieces and newlines', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (rows, newline, size, mark) => {
          const text = (mark ? '\uFEFF' : '') + written(rows, newline);
          expect(read(Buffer.from(text), size, rows[0]?.length ?? null)).toEqual({ rows, broken: [] });
          expect(parse(text, { bom: true })).toEqual(rows);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('a flipped byte costs at most the record it is in and the one it may run into', () => {
    const rows = Array.from({ length: 30 }, (_, index) => [`k${index}`, 'two words', `"${index}`, 'end']);
    const bytes = Buffer.from(written(rows, '\n'));
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.integer({ min: 7, max: 200 }),
        (at, mask, size) => {
          const flipped = Buffer.from(bytes);
          flipped[at] = (flipped[at] ?? 0) ^ mask;
          const seen = read(flipped, size, 4);
          const whole = new Set(seen.rows.filter((row) => row.length === 4).map((row) => row.join('|')));
          const lost = rows.filter((row) => !whole.has(row.join('|'))).length;
          expect(lost).toBeLessThanOrEqual(2);
          expect(seen.rows.length + seen.broken.length).toBeGreaterThanOrEqual(rows.length - 1);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('never throws and never loses a line, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 64 }), (bytes, size) => {
        const buffer = Buffer.from(bytes);
        const seen = read(buffer, size);
        const lines = buffer
          .toString('latin1')
          .replace(/^ï»¿/, '')
          .split('\n')
          .filter((text) => text !== '' && text !== '\r');
        const quoted = seen.rows.flat().reduce((sum, text) => sum + (text.split('\n').length - 1), 0);
        expect(seen.rows.length + seen.broken.length + quoted).toBeGreaterThanOrEqual(lines.length - quoted);
        expect(seen.rows.length + seen.broken.length).toBeLessThanOrEqual(lines.length);
      }),
      { numRuns: 800 },
    );
  });

  it('a quote that closes ten lines later by chance gives up one line, not eleven', () => {
    const lines = ['a,b,c', 'x,"open,1', ...Array.from({ length: 9 }, (_, index) => `${index},y,z`), 'q,clo"sed,r'];
    const seen = read(Buffer.from(`${lines.join('\n')}\n`), 64, 3);
    expect(seen.broken).toEqual([[2, 'quote-never-closed']]);
    expect(seen.rows).toHaveLength(11);
  });

  it('a measure in feet is no quoting', () => {
    expect(read(Buffer.from('1,6\'2",ok\n')).rows).toEqual([['1', '6\'2"', 'ok']]);
  });
});
