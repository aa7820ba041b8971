import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { findTemplate } from './catalog.ts';
import type { Language, TemplateChannel, TemplateEntry } from './catalog.ts';
import { checkSource } from './check-source.ts';
import { plainContent } from './content.ts';
import type { MessageContent } from './content.ts';
import { MAX_SEGMENTS, measureText } from './text-segments.ts';
import { variableSchema } from './variables.ts';

export type { Language } from './catalog.ts';

export interface RenderedMessage {
  template: string;
  /** First 12 hex digits of the source's SHA-256: the same words have the same version everywhere. */
  version: string;
  /** The language it is in: English where the entry has no source in the one asked for. */
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
 * @throws when the entry does not exist, a variable is missing or unknown, the text lacks a required notice, or a text
 *   message is too long
 */
export function renderTemplate(
  id: string,
  channel: TemplateChannel,
  wished: Language,
  variables: Readonly<Record<string, string>>,
): RenderedMessage {
  const entry = findTemplate(id, channel);
  if (entry === undefined) throw new Error(`no ${channel} template ${id}`);
  const language = entry.languages.includes(wished) ? wished : 'en';
  const where = `${channel}/${id}.${language}`;
  const source = load(entry, language);
  const context = contextOf(entry, variables, where);
  const text = source.text(context).trim();
  for (const notice of entry.requiredNotices[language]) {
    if (!text.includes(notice)) throw new Error(`template ${where} lacks the notice "${notice}"`);
  }
  if (channel === 'sms') {
    const { segments, encoding } = measureText(text);
    if (segments > MAX_SEGMENTS)
      throw new Error(`template ${where} takes ${segments} segments of ${encoding}, more than ${MAX_SEGMENTS}`);
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

function contextOf(
  entry: TemplateEntry,
  variables: Readonly<Record<string, string>>,
  where: string,
): Record<string, string | string[]> {
  const context: Record<string, string | string[]> = {};
  for (const name of entry.variables) {
    const value = variables[name];
    const schema = variableSchema(name);
    if (value === undefined || schema === null) throw new Error(`template ${where} needs ${name}`);
    const mustSay = schema.kind === 'money' || schema.kind === 'date' || schema.kind === 'link';
    if (value === '' && mustSay) throw new Error(`template ${where}: ${name} is empty`);
    context[name] = schema.kind === 'list' ? value.split('\n').map(withoutControls) : withoutControls(value);
  }
  return context;
}

function load(entry: TemplateEntry, language: Language): Compiled {
  const key = `${entry.channel}/${entry.id}.${language}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const source = readFileSync(fileURLToPath(new URL(`./${key}.hbs`, import.meta.url)), 'utf8');
  const [, subject, body] = /^Subject: (.+)\n\n([\s\S]+)$/.exec(source) ?? [undefined, undefined, source];
  const made: Compiled = {
    version: createHash('sha256').update(source).digest('hex').slice(0, 12),
    subject: subject === undefined ? null : compile(subject, entry, key),
    text: compile(body ?? source, entry, key),
  };
  compiled.set(key, made);
  return made;
}

/** Checked before it is compiled; nothing is escaped, because no rendering is HTML (templates/mail-html.ts escapes its own). */
export function compile(
  source: string,
  entry: Pick<TemplateEntry, 'variables'>,
  where: string,
): Handlebars.TemplateDelegate {
  checkSource(source, entry, where);
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
  return value.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]/g, ' ');
}
