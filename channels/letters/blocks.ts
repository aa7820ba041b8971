/** A piece of a letter, in the order of the page. */
export type LetterBlock =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; lines: string[] }
  | { kind: 'list'; items: string[] }
  /** Conspicuous: bold, in a box. */
  | { kind: 'notice'; text: string }
  | { kind: 'rows'; rows: { label: string; value: string }[] };

/**
 * Reads a letter's text (templates/catalog/letters.ts) into blocks. The text is the one truth: the timeline shows it as it
 * is, the PDF sets these blocks, so what was decided, what is shown and what is printed are the same words.
 */
export function blocksOf(text: string): LetterBlock[] {
  return text
    .split(/\n[ \t]*\n+/)
    .map((chunk) =>
      chunk
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .filter((lines) => lines.length > 0)
    .map(blockOf);
}

function blockOf(lines: string[]): LetterBlock {
  const [first = ''] = lines;
  if (first.startsWith('# ')) return { kind: 'heading', text: lines.join(' ').slice(2) };
  if (first.startsWith('! ')) return { kind: 'notice', text: lines.join(' ').slice(2) };
  if (lines.every((line) => line.startsWith('- '))) return { kind: 'list', items: lines.map((line) => line.slice(2)) };
  if (lines.every((line) => line.includes(' | '))) return { kind: 'rows', rows: lines.map(rowOf) };
  return { kind: 'paragraph', lines };
}

function rowOf(line: string): { label: string; value: string } {
  const bar = line.indexOf(' | ');
  return { label: line.slice(0, bar), value: line.slice(bar + 3) };
}
