import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ReplyTemplate } from '../../domain/inbound/effects.ts';
import { B_1 } from '../../templates/catalog/letters.ts';
import { catalog, findTemplate } from '../../templates/catalog.ts';
import { compile, renderTemplate } from '../../templates/render.ts';
import { measureText } from '../../templates/text-segments.ts';
import { sampleFor } from '../../templates/variables.ts';

const entries = catalog.flatMap((entry) =>
  entry.languages.map((language) => ({ entry, language, name: `${entry.channel}/${entry.id} (${language})` })),
);

/** Given to every mail or letter, whether its words need them or not. */
const SHARED = new Set<string>(['firstName', 'personName', 'lenderPhone', 'openingHours', 'loanLast4', 'stopLink']);

describe('every entry in every language', () => {
  test.each(entries)('$name renders with its sample data and holds its notices', ({ entry, language }) => {
    const made = renderTemplate(entry.id, entry.channel, language, sampleFor(entry.variables, language));
    expect(made.language).toBe(language);
    expect(made.text).not.toMatch(/\{\{|\}\}|undefined|\[object/);
    expect(made.text).toContain(
      sampleFor(entry.variables, language)[entry.id === 'hud-counselling' ? 'lenderPhone' : 'lenderName'] ?? '',
    );
    for (const notice of entry.requiredNotices[language]) expect(made.text).toContain(notice);
    if (entry.channel === 'sms') expect(measureText(made.text).segments).toBeLessThanOrEqual(2);
    if (entry.channel !== 'sms') expect(made.subject).toMatch(/\S/);
    // An amount is never shown without the date it is as of.
    if (made.text.includes('$1,234.56')) expect(made.text).toContain(sampleFor(['asOf'], language)['asOf']);
  });

  test.each(entries.filter(({ entry }) => entry.channel === 'sms'))(
    '$name carries no amount and is GSM-7 unless a date brings an accent',
    ({ entry, language }) => {
      const { text } = renderTemplate(entry.id, 'sms', language, sampleFor(entry.variables, language));
      expect(text).not.toMatch(/\$\d/);
      const dated = language === 'es' && entry.variables.includes('promiseDate');
      expect(measureText(text).encoding).toBe(dated ? 'UCS-2' : 'GSM-7');
    },
  );

  test('no source is left over, and none is missing', () => {
    const files = ['sms', 'email', 'letter'].flatMap((channel) =>
      readdirSync(new URL(`../../templates/${channel}`, import.meta.url)).map((file) => `${channel}/${file}`),
    );
    expect(files.toSorted()).toEqual(
      entries.map(({ entry, language }) => `${entry.channel}/${entry.id}.${language}.hbs`).toSorted(),
    );
  });

  test('every variable that an entry declares is used by one of its sources', () => {
    for (const entry of catalog) {
      const sources = entry.languages
        .map((language) =>
          readFileSync(
            new URL(`../../templates/${entry.channel}/${entry.id}.${language}.hbs`, import.meta.url),
            'utf8',
          ),
        )
        .join('');
      const unused = entry.variables.filter((name) => !sources.includes(name) && !SHARED.has(name));
      expect({ template: entry.id, unused }).toEqual({ template: entry.id, unused: [] });
    }
  });
});

describe('what policies and effects name', () => {
  const step = z.object({
    channel: z.string(),
    template: z.string().optional(),
    fallback: z.array(z.object({ channel: z.string(), template: z.string().optional() })).default([]),
  });
  const policies = readdirSync(new URL('../../policies', import.meta.url)).filter(
    (name) => name.endsWith('.json') && name !== 'policy.schema.json',
  );

  test.each(policies)('%s names only templates that exist', (file) => {
    const { steps } = z
      .object({ steps: z.array(step) })
      .parse(JSON.parse(readFileSync(new URL(`../../policies/${file}`, import.meta.url), 'utf8')));
    const named = steps.flatMap((one) => [one, ...one.fallback]);
    for (const { channel, template } of named) {
      if (channel !== 'sms' && channel !== 'email' && channel !== 'letter') continue;
      expect(
        findTemplate(template ?? '', channel),
        `${file}: ${channel} ${template ?? 'without template'}`,
      ).toBeDefined();
    }
  });

  // The type makes this list whole: an effect's template that is not here does not compile.
  const replies: Record<ReplyTemplate, string> = {
    'opt-out-confirmation': 'mail-stop-confirmation',
    help: 'help',
    'promise-confirmation': 'promise-confirmation',
    'contact-line': 'contact-line',
    'opt-in-confirmation': 'opt-in-confirmation',
    'wrong-number': 'wrong-number',
  };
  test.each(Object.entries(replies))('the answer %s exists as text and as mail, in both languages', (text, mail) => {
    expect(findTemplate(text, 'sms')?.languages).toEqual(['en', 'es']);
    expect(findTemplate(mail, 'email')?.languages).toEqual(['en', 'es']);
  });

  test('the first late letter of every ladder carries Model Notice B-1 word for word (12 CFR 1022 app. B)', () => {
    const entry = findTemplate('late-1', 'letter');
    for (const language of entry?.languages ?? []) {
      expect(renderTemplate('late-1', 'letter', language, sampleFor(entry?.variables ?? [], language)).text).toContain(
        B_1,
      );
    }
  });
});

describe('what a source may hold', () => {
  const entry = { variables: ['firstName', 'lenderName', 'loanList'] } as const;
  test.each([
    ['triple braces', '{{{firstName}}}', /triple braces/],
    ['an unescaped ampersand', '{{&firstName}}', /triple braces/],
    ['a partial', '{{> other}}', /PartialStatement/],
    ['a partial block', '{{#> other}}x{{/other}}', /PartialBlockStatement/],
    ['a decorator', '{{* deco}}', /Decorator/],
    ['a comment', '{{! hidden }}', /CommentStatement/],
    ['a sub-expression', '{{#if (lookup firstName "x")}}x{{/if}}', /SubExpression/],
    ['lookup', '{{lookup firstName "constructor"}}', /no parameters/],
    ['a helper with a hash', '{{firstName a="b"}}', /no parameters/],
    ['a path into a value', '{{firstName.length}}', /not a plain name/],
    ['the root', '{{@root.firstName}}', /not a plain name/],
    ['a parent', '{{../firstName}}', /not a plain name/],
    ['this outside each', '{{this}}', /not a plain name/],
    ['a literal', '{{"text"}}', /StringLiteral/],
    ['a name the entry does not list', '{{amountDue}}', /not in the catalogue/],
    ['a block of another helper', '{{#with firstName}}x{{/with}}', /block with/],
    ['each over a string', '{{#each firstName}}x{{/each}}', /no list/],
    ['block parameters', '{{#each loanList as |x|}}x{{/each}}', /block parameters/],
    ['a list as a value', '{{loanList}}', /use each/],
    ['another variable inside each', '{{#each loanList}}{{firstName}}{{/each}}', /only/],
  ])('%s is refused', (_what, source, why) => {
    expect(() => compile(source, entry, 'test')).toThrow(why);
  });

  test('plain variables, if, unless and each are allowed', () => {
    const made = compile(
      '{{firstName}}{{#if lenderName}} at {{lenderName}}{{else}} alone{{/if}}{{#each loanList}} {{this}}{{/each}}',
      entry,
      'test',
    );
    expect(made({ firstName: 'Ann', lenderName: '', loanList: ['a', 'b'] })).toBe('Ann alone a b');
  });
});

describe('rendering', () => {
  const given = sampleFor(findTemplate('amount-and-link', 'email')?.variables ?? [], 'en');
  test('a missing variable, or an empty amount, is an error and never a gap', () => {
    expect(() => renderTemplate('amount-and-link', 'email', 'en', { ...given, amountDue: '' })).toThrow(
      'amountDue is empty',
    );
    const { asOf: _left, ...without } = given;
    expect(() => renderTemplate('amount-and-link', 'email', 'en', without)).toThrow('needs asOf');
  });
  test('a name cannot start a line, a header or a template of its own', () => {
    const { text } = renderTemplate('courtesy', 'email', 'en', {
      ...given,
      firstName: 'Ann\r\nBcc: x@y.example\n{{lenderPhone}}',
    });
    expect(text.split('\n')[0]).toBe('Hello Ann  Bcc: x@y.example {{lenderPhone}},');
  });
  test('a letter without a Spanish source comes in English and says so', () => {
    const entry = findTemplate('right-to-cure', 'letter');
    expect(renderTemplate('right-to-cure', 'letter', 'es', sampleFor(entry?.variables ?? [], 'en')).language).toBe(
      'en',
    );
  });
  test('a text of more than two segments is refused', () => {
    const sms = sampleFor(findTemplate('reminder-neutral', 'sms')?.variables ?? [], 'en');
    expect(() =>
      renderTemplate('reminder-neutral', 'sms', 'en', { ...sms, payLink: `https://x.example/${'a'.repeat(260)}` }),
    ).toThrow(/3 segments of GSM-7/);
    // One curly quote in the lender's name and the same text is UCS-2.
    expect(() =>
      renderTemplate('reminder-neutral', 'sms', 'en', { ...sms, lenderName: 'First “Example” Bank' }),
    ).toThrow(/segments of UCS-2/);
  });
});

describe('segments', () => {
  test.each([
    ['a'.repeat(160), 'GSM-7', 1, 160],
    ['a'.repeat(161), 'GSM-7', 2, 161],
    ['a'.repeat(306), 'GSM-7', 2, 306],
    ['a'.repeat(307), 'GSM-7', 3, 307],
    ['ñé¿¡üà'.repeat(26), 'GSM-7', 1, 156],
    ['á'.repeat(70), 'UCS-2', 1, 70],
    ['á'.repeat(71), 'UCS-2', 2, 71],
    ['á'.repeat(135), 'UCS-2', 3, 135],
    ['€'.repeat(80), 'GSM-7', 1, 160],
    // 152 septets, then an escape pair that would be torn: it moves to the next segment whole.
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3, 306],
    ['😀'.repeat(35), 'UCS-2', 1, 70],
    // 33 whole pairs fit in 67 units; the 34th is not torn.
    ['😀'.repeat(67), 'UCS-2', 3, 134],
  ] as const)('%# is measured as the network does', (text, encoding, segments, units) => {
    expect(measureText(text)).toEqual({ encoding, segments, units });
  });
});
