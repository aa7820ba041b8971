import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { findTemplate } from './catalog.ts';
import type { TemplateChannel } from './catalog.ts';
import { plainContent } from './content.ts';
import type { MessageContent } from './content.ts';

export type Language = 'en' | 'es';

export interface RenderedMessage {
  template: string;
  /** First 12 hex digits of the source's SHA-256: the same words have the same version everywhere. */
  version: string;
  language: Language;
  subject: string | null;
  text: string;
  content: MessageContent;
}

interface Compiled {
  version: string;
  subject: Handlebars.TemplateDelegate | null;
  text: Handlebars.TemplateDelegate;
}

const engine = Handlebars.create();
const compiled = new Map<string, Compiled>();

/**
 * Renders a catalogue entry. The context is a flat map of strings already formatted: the engine adds adjacent numbers and
 * walks into objects, so it is given neither. A missing or unknown variable is an error, never an empty gap.
 * @throws when the entry does not exist, a variable is missing or unknown, or the text lacks a required notice
 */
export function renderTemplate(
  id: string,
  channel: TemplateChannel,
  language: Language,
  variables: Readonly<Record<string, string>>,
): RenderedMessage {
  const entry = findTemplate(id, channel);
  if (entry === undefined) throw new Error(`no ${channel} template ${id}`);
  const context: Record<string, string> = {};
  for (const name of entry.variables) {
    const value = variables[name];
    if (value === undefined) throw new Error(`${channel} template ${id} needs ${name}`);
    context[name] = withoutControls(value);
  }
  const source = load(id, channel, language);
  const text = source.text(context).trim();
  for (const notice of entry.requiredNotices[language]) {
    if (!text.includes(notice)) throw new Error(`${channel} template ${id} (${language}) lacks the notice "${notice}"`);
  }
  return {
    template: id,
    version: source.version,
    language,
    subject: source.subject === null ? null : source.subject(context).trim(),
    text,
    content: { ...plainContent, ...entry.content },
  };
}

function load(id: string, channel: TemplateChannel, language: Language): Compiled {
  const key = `${channel}/${id}.${language}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const source = readFileSync(fileURLToPath(new URL(`./${key}.hbs`, import.meta.url)), 'utf8');
  const [, subject, body] = /^Subject: (.+)\n\n([\s\S]+)$/.exec(source) ?? [undefined, undefined, source];
  const made: Compiled = {
    version: createHash('sha256').update(source).digest('hex').slice(0, 12),
    subject: subject === undefined ? null : compile(subject),
    text: compile(body ?? source),
  };
  compiled.set(key, made);
  return made;
}

function compile(source: string): Handlebars.TemplateDelegate {
  return engine.compile(source, {
    strict: true,
    noEscape: true,
    knownHelpersOnly: true,
    knownHelpers: { if: true, unless: true, each: true },
  });
}

/** Line breaks and other controls in a name must not start a header or a second line of a text. */
function withoutControls(value: string): string {
  // oxlint-disable-next-line no-control-regex
  return value.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ');
}
