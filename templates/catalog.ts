import { letters } from './catalog/letters.ts';
import { mails } from './catalog/mails.ts';
import { texts } from './catalog/texts.ts';
import type { TemplateChannel, TemplateEntry } from './entry.ts';

export type { Language, TemplateChannel, TemplateEntry } from './entry.ts';

/** Every message that can leave, with what it may say. A step of a policy names its template by this id. */
export const catalog: readonly TemplateEntry[] = [...texts, ...mails, ...letters];

const byKey = new Map(catalog.map((entry) => [`${entry.channel}/${entry.id}`, entry]));

export function findTemplate(id: string, channel: TemplateChannel): TemplateEntry | undefined {
  return byKey.get(`${channel}/${id}`);
}
