import { beforeAll, describe, expect, test } from 'vitest';
import { getDocumentProxy } from 'unpdf';
import { blocksOf } from '../../channels/letters/blocks.ts';
import { createLetterPress, sheetProblem } from '../../channels/letters/letter-pdf.ts';
import type { LetterSheet, PrintedLetter } from '../../channels/letters/letter-pdf.ts';
import { catalog } from '../../templates/catalog.ts';
import { renderTemplate } from '../../templates/render.ts';
import { sampleFor } from '../../templates/variables.ts';

let press: Awaited<ReturnType<typeof createLetterPress>>;
beforeAll(async () => {
  press = await createLetterPress();
});

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const ADDRESS = ['Alexandria Montgomery', '1 Peach Street', 'Apartment 12', 'Atlanta GA 30301'];

function sheet(given: Partial<LetterSheet> = {}): LetterSheet {
  return {
    id: ID,
    language: 'en',
    title: 'Your account is past due',
    datedOn: '2026-12-01',
    lender: { name: 'First Example Bank', address: '100 Main Street, Springfield, OH 45501', phone: '202-555-0100' },
    to: ADDRESS,
    text: 'Dear Ann,\n\nHello.',
    ...given,
  };
}

async function printed(given: Partial<LetterSheet> = {}): Promise<PrintedLetter> {
  const made = await press.print(sheet(given));
  if (made.kind === 'not-set') throw new Error(made.why);
  return made;
}

interface Piece {
  text: string;
  /** Inches from the left and the top edge. */
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Every piece of text of a page with its box, as a PDF reader finds it. */
async function piecesOf(pdf: Buffer, pageNo = 1): Promise<Piece[]> {
  const page = await (await getDocumentProxy(new Uint8Array(pdf))).getPage(pageNo);
  const { items } = await page.getTextContent();
  return items.flatMap((item) => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const [, , , size = 0, x = 0, y = 0] = item.transform as number[];
    // Baseline at y from below; 0.22 and 0.75 of the size are the descent and the ascent of the face.
    return [
      {
        text: item.str,
        left: x / 72,
        right: (x + item.width) / 72,
        top: 11 - (y + 0.75 * size) / 72,
        bottom: 11 - (y - 0.22 * size) / 72,
      },
    ];
  });
}

const wordsOf = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => piece.text)
    .join(' ')
    .replaceAll(/\s+/g, ' ');

const letters = catalog
  .filter((entry) => entry.channel === 'letter')
  .flatMap((entry) => entry.languages.map((language) => ({ entry, language, name: `${entry.id} (${language})` })));

describe('a #10 envelope with one window', () => {
  // 4 1/2 x 1 1/8 in, 7/8 in from the left, 1/2 in from the bottom; the sheet slides 1 in sideways and 0.458 in up and down.
  const alwaysSeen = { left: 0.875, right: 4.375, top: 2.5, bottom: 3.167 };
  const everSeen = { left: 0, right: 5.375, top: 2.042, bottom: 3.625 };

  test.each(letters)(
    '$name: the address shows however the sheet lies, and nothing else ever does',
    async ({ entry, language }) => {
      const made = renderTemplate(entry.id, 'letter', language, sampleFor(entry.variables, language));
      const { pdf, pages } = await printed({ language, title: made.subject ?? '', text: made.text });
      const pieces = await piecesOf(pdf);
      const seen = pieces.filter(
        (piece) =>
          piece.left < everSeen.right &&
          piece.right > everSeen.left &&
          piece.top < everSeen.bottom &&
          piece.bottom > everSeen.top,
      );
      expect(seen.map((piece) => piece.text)).toEqual(ADDRESS);
      for (const line of seen) {
        expect(line.left).toBeGreaterThanOrEqual(alwaysSeen.left);
        expect(line.right).toBeLessThanOrEqual(alwaysSeen.right);
        expect(line.top).toBeGreaterThanOrEqual(alwaysSeen.top);
        expect(line.bottom).toBeLessThanOrEqual(alwaysSeen.bottom);
      }
      expect(pages).toBe(1);
      // The PDF says what the catalogue requires, as a reader extracts it.
      const words = wordsOf(pieces);
      for (const notice of entry.requiredNotices[language]) expect(words).toContain(notice.replaceAll(/\s+/g, ' '));
    },
  );

  test('the longest line that is taken is set smaller and stays in the window; a longer one is refused', async () => {
    const long = 'W'.repeat(20) + 'a very long name of a street '.slice(0, 38);
    const pieces = await piecesOf((await printed({ to: ['Ann Lee', long, 'Atlanta GA 30301'] })).pdf);
    const line = pieces.find((piece) => piece.text.startsWith('WWWW'));
    expect(line?.right).toBeLessThanOrEqual(alwaysSeen.right);
    expect(sheetProblem(['Ann Lee', 'x'.repeat(59), 'Atlanta GA 30301'])).toBe('address-too-long');
    expect(sheetProblem(['Ann Lee'])).toBe('no-address');
    expect(sheetProblem(['a', 'b', 'c', 'd', 'e'])).toBe('no-address');
  });
});

describe('the sheet', () => {
  test('is tagged PDF/UA-1 in its language, with a title, and its barcode has words', async () => {
    const { pdf } = await printed({ language: 'es', title: 'Su cuenta está atrasada' });
    const document = await getDocumentProxy(new Uint8Array(pdf));
    const { info, metadata } = await document.getMetadata();
    expect(info).toMatchObject({ Title: 'Su cuenta está atrasada', Language: 'es-US' });
    expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
    expect(metadata?.getRaw()).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(JSON.stringify(await (await document.getPage(1)).getStructTree())).toContain(
      'Código con el número de esta carta',
    );
  });

  test('carries the number of the letter on every page', async () => {
    const { pdf, pages } = await printed({
      text: Array.from(
        { length: 60 },
        (_, index) => `Paragraph ${index} of a long letter that goes over the page.`,
      ).join('\n\n'),
    });
    expect(pages).toBeGreaterThan(1);
    for (let page = 1; page <= pages; page += 1) {
      const words = wordsOf(await piecesOf(pdf, page));
      expect(words).toContain(ID);
      expect(words).toContain(`${page} / ${pages}`);
    }
  });

  test('the same sheet gives the same bytes, on any press; another word gives others', async () => {
    const first = await printed();
    const other = await createLetterPress();
    const again = await other.print(sheet());
    expect(again).toMatchObject({ hash: first.hash });
    expect((await printed({ text: 'Dear Ann,\n\nHallo.' })).hash).not.toBe(first.hash);
  });

  test.each([
    ['Typst code', '#panic("x") #import "/etc/passwd" #read("/etc/passwd")'],
    ['Typst markup', '*bold* _it_ $x$ @ref <label> `raw` = heading'],
    ['JSON and controls', '"}, "to": ["x"], {"a": "\\u0000'],
    ['quotes and braces', '{{firstName}} ${process.env} \\'],
  ])('%s in the data is printed as it stands', async (_what, text) => {
    const words = wordsOf(
      await piecesOf(
        (await printed({ text: `Dear ${text} end`, to: ['Ann Lee', text.slice(0, 40), 'Atlanta GA 30301'] })).pdf,
      ),
    );
    expect(words).toContain(text.replaceAll(/\s+/g, ' '));
  });
});

describe('the text of a letter', () => {
  test('is read into headings, lists, rows, notices and paragraphs that keep their lines', () => {
    expect(
      blocksOf(
        'Dear Ann,\n\n# What\n\n- one\n- two\n\n! mind\nthis\n\nDue | $1.00\nBy | May 1 | noon\n\nSincerely,\nBank\n',
      ),
    ).toEqual([
      { kind: 'paragraph', lines: ['Dear Ann,'] },
      { kind: 'heading', text: 'What' },
      { kind: 'list', items: ['one', 'two'] },
      { kind: 'notice', text: 'mind this' },
      {
        kind: 'rows',
        rows: [
          { label: 'Due', value: '$1.00' },
          { label: 'By', value: 'May 1 | noon' },
        ],
      },
      { kind: 'paragraph', lines: ['Sincerely,', 'Bank'] },
    ]);
  });
});
