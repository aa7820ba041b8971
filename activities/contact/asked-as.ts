import type { Notice, Purpose } from '../../domain/gate/index.ts';
import { PURPOSES } from '../../domain/gate/vocabulary.ts';
import { findTemplate } from '../../templates/catalog.ts';
import { plainContent } from '../../templates/content.ts';
import type { MessageContent } from '../../templates/content.ts';
import type { TemplateChannel } from '../../templates/entry.ts';

/**
 * What the gate is asked about a step's message: a notice that a law requires is judged as that notice, everything else
 * that a cadence sends is collection.
 */
export function purposeOfStep(template: string, channel: TemplateChannel): { purpose: Purpose; notice: Notice | null } {
  const entry = findTemplate(template, channel);
  return entry?.kind === 'legal'
    ? { purpose: 'legal-notice', notice: entry.notice }
    : { purpose: 'collection', notice: null };
}

/** Asked of a message that is written already: by the purpose that its row carries; one that is not known is collection. */
export function askedAs(message: { purpose: string; template: string; channel: TemplateChannel }): {
  purpose: Purpose;
  notice: Notice | null;
  content: MessageContent;
} {
  const purpose = PURPOSES.find((each) => each === message.purpose) ?? 'collection';
  const entry = findTemplate(message.template, message.channel);
  return {
    purpose,
    notice: purpose === 'legal-notice' ? (entry?.notice ?? null) : null,
    content: { ...plainContent, ...entry?.content },
  };
}
