import type { Notice } from '../domain/gate/vocabulary.ts';
import type { MessageContent } from './content.ts';
import type { VariableName } from './variables.ts';

export type Language = 'en' | 'es';
export type TemplateChannel = 'sms' | 'email' | 'letter';
/** service: what a borrower asked for or must know; notice: collection; legal: its wording or timing is set by law. */
export type TemplateKind = 'service' | 'notice' | 'legal';

export interface TemplateEntry {
  id: string;
  channel: TemplateChannel;
  kind: TemplateKind;
  /** Which of the gate's notices a legal template is; null: none that the gate tells apart. */
  notice: Notice | null;
  /** Languages that have a source; one that is missing falls back to English. */
  languages: readonly Language[];
  /** Names that the text may use; every one must be given, as a formatted string. */
  variables: readonly VariableName[];
  /** Phrases that the rendered text must contain, by language. */
  requiredNotices: Readonly<Record<Language, readonly string[]>>;
  content: Partial<MessageContent>;
  /** Printed matter that the print vendor puts in with it. Counted in the manifest. */
  enclosures: readonly string[];
  /** Where law gives the words. */
  citation: string | null;
}

export const NO_NOTICES: TemplateEntry['requiredNotices'] = { en: [], es: [] };
