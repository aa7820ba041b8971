import { describe, expect, test } from 'vitest';
import { catalog } from '../../templates/catalog.ts';
import { mailHtml } from '../../templates/mail-html.ts';
import { renderTemplate } from '../../templates/render.ts';
import { sampleFor } from '../../templates/variables.ts';

describe('the HTML part of a mail', () => {
  const mails = catalog
    .filter((entry) => entry.channel === 'email')
    .flatMap((entry) => entry.languages.map((language) => ({ entry, language, name: `${entry.id} (${language})` })));
  test.each(mails)('$name says the words of its text part and no others', ({ entry, language }) => {
    const { text, subject } = renderTemplate(entry.id, 'email', language, sampleFor(entry.variables, language));
    const html = mailHtml({ subject: subject ?? '', text, language });
    const body = html.slice(html.indexOf('<body'));
    const words = body
      .replaceAll(/<\/?a\b[^>]*>/g, '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
      .split(/\s+/)
      .filter(Boolean);
    expect(words).toEqual(text.split(/\s+/).filter(Boolean));
  });

  test('a name that looks like HTML is text, and a link holds nothing but its address', () => {
    const html = mailHtml({
      subject: 'a<b',
      language: 'en',
      text: 'Hello <img src=x onerror=alert(1)>,\n\nSee https://pay.example/l?a=1&b=2.',
    });
    expect(html).not.toContain('<img');
    expect(html).toContain('<a href="https://pay.example/l?a=1&amp;b=2">https://pay.example/l?a=1&amp;b=2</a>.');
    expect(html).toContain('<title>a&lt;b</title>');
  });
});
