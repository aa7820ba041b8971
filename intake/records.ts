import { isAscii, isUtf8 } from 'node:buffer';

/** How the bytes of a file become records. */
export type Layout =
  | { kind: 'delimited'; delimiter: string; encoding: 'utf-8' | 'windows-1252'; ignore: readonly string[] }
  | { kind: 'fixed'; cuts: readonly (readonly [from: number, to: number])[]; encoding: 'utf-8' | 'windows-1252'; ignore: readonly string[] }; // prettier-ignore

export type BrokenCode =
  | 'line-too-long'
  | 'not-utf-8'
  | 'control-character'
  | 'quote-never-closed'
  | 'text-after-quote';

export interface RecordSink {
  /** A record and the number of the line on which it starts. The array is not used again by the reader. */
  record(fields: string[], line: number): void;
  /** A line that is no record. Reading goes on with the next line, so one bad byte costs one line. */
  broken(line: number, code: BrokenCode, reason: string): void;
  /** A line that begins as the layout says that no row does. */
  ignored?(text: string): void;
}

/** A line may have this many bytes; a record of several lines (quoted newlines) this many. */
export const LONGEST_LINE = 262_144;
const LONGEST_RECORD = 32_768;
// oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/;
const NEWLINE = 10;

/**
 * Reads records from pieces of a file as they come, holding no more than one piece. RFC 4180 with a way back: where a
 * quote is never closed, or what it closes is not a record of this file, only the line that opened it is given up.
 */
export class RecordReader {
  readonly #layout: Layout;
  readonly #sink: RecordSink;
  readonly #decoder: InstanceType<typeof TextDecoder> | null;
  /** Fields of a record, once the header is known: tells a record of several lines from a stray quote. */
  expected: number | null = null;
  #rest: Buffer = Buffer.alloc(0);
  #line = 1;
  #started = false;
  #skipping = false;

  constructor(layout: Layout, sink: RecordSink) {
    this.#layout = layout;
    this.#sink = sink;
    this.#decoder = layout.encoding === 'utf-8' ? null : new TextDecoder(layout.encoding);
  }

  push(piece: Buffer): void {
    let bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    if (!this.#started && bytes.length >= 3) {
      this.#started = true;
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    }
    if (this.#skipping) {
      const newline = bytes.indexOf(NEWLINE);
      if (newline === -1) return;
      this.#endSkip();
      bytes = bytes.subarray(newline + 1);
    }
    const last = bytes.lastIndexOf(NEWLINE);
    const used = last === -1 ? 0 : this.#lines(bytes.subarray(0, last + 1), false);
    this.#rest = bytes.subarray(used);
    if (this.#rest.length > LONGEST_LINE && this.#rest.lastIndexOf(NEWLINE) === -1) {
      this.#skipping = true;
      this.#rest = Buffer.alloc(0);
    }
  }

  end(): void {
    if (this.#skipping) this.#endSkip();
    if (this.#rest.length > 0) this.#lines(this.#rest, true);
    this.#rest = Buffer.alloc(0);
  }

  #endSkip(): void {
    this.#skipping = false;
    this.#sink.broken(this.#line, 'line-too-long', `longer than ${LONGEST_LINE} bytes`);
    this.#line += 1;
  }

  /** Reads whole lines; @returns how many bytes were used: an open quote waits for more. */
  #lines(bytes: Buffer, atEnd: boolean): number {
    const ascii = this.#decoder === null && isAscii(bytes);
    const whole = ascii ? bytes.toString('latin1') : '';
    const valid = ascii || this.#decoder !== null || isUtf8(bytes);
    const clean = ascii && !CONTROLS.test(whole);
    const decode = (from: number, to: number): string => {
      if (ascii) return whole.slice(from, to);
      return this.#decoder === null ? bytes.toString('utf8', from, to) : this.#decoder.decode(bytes.subarray(from, to));
    };
    let at = 0;
    while (at < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, at);
      const next = newline === -1 ? bytes.length : newline + 1;
      let to = newline === -1 ? bytes.length : newline;
      if (to > at && bytes[to - 1] === 13) to -= 1;
      if (to === at) {
        at = next;
        this.#line += 1;
        continue;
      }
      const problem = this.#lineProblem(bytes, at, to, { valid, clean });
      if (problem !== null) {
        this.#sink.broken(this.#line, ...problem);
        at = next;
        this.#line += 1;
        continue;
      }
      const text = decode(at, to);
      const layout = this.#layout;
      if (layout.ignore.length > 0 && layout.ignore.some((start) => text.startsWith(start))) {
        this.#sink.ignored?.(text);
        at = next;
        this.#line += 1;
        continue;
      }
      if (layout.kind === 'fixed') {
        this.#sink.record(
          layout.cuts.map(([from, until]) => text.slice(from, until)),
          this.#line,
        );
      } else if (!text.includes('"')) {
        this.#sink.record(text.split(layout.delimiter), this.#line);
      } else {
        const record = splitQuoted(text, layout.delimiter);
        if (record !== 'open') {
          this.#quoted(record);
        } else {
          const block = decode(at, Math.min(bytes.length, at + LONGEST_RECORD));
          const longer = splitQuoted(block, layout.delimiter, true);
          const truncated = bytes.length - at >= LONGEST_RECORD;
          if (longer === 'open' && !atEnd && !truncated) return at;
          if (longer !== 'open' && longer.fields !== null && this.#fits(longer.fields.length)) {
            const used =
              ascii || this.#decoder !== null ? longer.length : Buffer.byteLength(block.slice(0, longer.length));
            const inside = this.#lineProblem(bytes, at, at + used, { valid, clean });
            if (inside === null) this.#sink.record(longer.fields, this.#line);
            else this.#sink.broken(this.#line, ...inside);
            this.#line += longer.lines;
            at += used;
            continue;
          }
          this.#sink.broken(this.#line, 'quote-never-closed', 'a quote is opened on this line and not closed');
        }
      }
      at = next;
      this.#line += 1;
    }
    return at;
  }

  #lineProblem(
    bytes: Buffer,
    from: number,
    to: number,
    seen: { valid: boolean; clean: boolean },
  ): [BrokenCode, string] | null {
    // prettier-ignore
    if (to - from > LONGEST_LINE) return ['line-too-long', `longer than ${LONGEST_LINE} bytes`];
    if (seen.clean) return null;
    const line = bytes.subarray(from, to);
    if (!seen.valid && !isUtf8(line)) return ['not-utf-8', 'not UTF-8; a mapping can say "encoding": "windows-1252"'];
    return CONTROLS.test(line.toString('latin1'))
      ? ['control-character', 'a control character (0x00–0x1f, 0x7f)']
      : null;
  }

  #fits(fields: number): boolean {
    return this.expected === null || fields === this.expected;
  }

  #quoted(record: QuotedRecord): void {
    if (record.fields === null) this.#sink.broken(this.#line, 'text-after-quote', 'text after a closing quote');
    else this.#sink.record(record.fields, this.#line);
  }
}

interface QuotedRecord {
  /** null: text stands after a closing quote. */
  fields: string[] | null;
  /** Characters and lines of the block that the record takes up, its newline included. */
  length: number;
  lines: number;
}

/**
 * Splits a record with quotes. A quote counts only at the start of a field; in the middle of a bare field it is itself
 * (6'2"). With `multiline` the text may hold more than this record.
 */
function splitQuoted(text: string, delimiter: string, multiline = false): QuotedRecord | 'open' {
  const fields: string[] = [];
  let at = 0;
  let lines = 1;
  for (;;) {
    if (text.charCodeAt(at) === 34) {
      let field = '';
      let from = at + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (quote === -1) return 'open';
        field += text.slice(from, quote);
        if (text.charCodeAt(quote + 1) !== 34) {
          at = quote + 1;
          break;
        }
        field += '"';
        from = quote + 2;
      }
      if (multiline && field.includes('\n')) {
        lines += field.split('\n').length - 1;
        field = field.replaceAll('\r\n', '\n');
      }
      fields.push(field);
    } else {
      const stop = multiline ? endOfBare(text, at, delimiter) : text.indexOf(delimiter, at);
      const end = stop === -1 ? text.length : stop;
      fields.push(text.slice(at, end));
      at = end;
    }
    if (at >= text.length) return { fields, length: at, lines };
    if (text.startsWith(delimiter, at)) {
      at += delimiter.length;
      continue;
    }
    if (multiline && text.startsWith('\r\n', at)) return { fields, length: at + 2, lines };
    if (multiline && text.charCodeAt(at) === NEWLINE) return { fields, length: at + 1, lines };
    return { fields: null, length: at, lines };
  }
}

function endOfBare(text: string, from: number, delimiter: string): number {
  const comma = text.indexOf(delimiter, from);
  const newline = text.indexOf('\n', from);
  if (newline !== -1 && (comma === -1 || newline < comma))
    return text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
  return comma;
}
