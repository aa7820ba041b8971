import type { TemplateEntry } from '../entry.ts';
import { NO_NOTICES } from '../entry.ts';
import type { VariableName } from '../variables.ts';

const OPT_OUT = { en: ['Reply STOP'], es: ['Responda ALTO'] } as const;

const text = (id: string, variables: readonly VariableName[], rest: Partial<TemplateEntry> = {}): TemplateEntry => ({
  id,
  channel: 'sms',
  kind: 'notice',
  notice: null,
  languages: ['en', 'es'],
  variables,
  requiredNotices: OPT_OUT,
  content: {},
  enclosures: [],
  citation: null,
  ...rest,
});
const service = (id: string, variables: readonly VariableName[], rest: Partial<TemplateEntry> = {}): TemplateEntry =>
  text(id, variables, { kind: 'service', ...rest });

/** Texts: no amount in any of them, and no link in the first one a person gets (cadences.md §1). */
export const texts: readonly TemplateEntry[] = [
  text('first-text', ['lenderName']),
  text('reminder-neutral', ['lenderName', 'lenderPhone', 'payLink']),
  text('pay-or-reply', ['lenderName', 'payLink']),
  text('call-us', ['lenderName', 'lenderPhone']),
  text('several-loans', ['lenderName', 'lenderPhone', 'loanCount', 'payLink']),
  text('promise-reminder', ['lenderName', 'promiseDate']),
  service('promise-confirmation', ['lenderName', 'promiseDate']),
  service('contact-line', ['lenderName', 'lenderPhone', 'openingHours']),
  service('after-hours', ['lenderName', 'opensAt']),
  service('opt-out-confirmation', ['lenderName'], { requiredNotices: NO_NOTICES, content: { optOutText: false } }),
  // CTIA: a confirmation of opt-in says who, that rates may apply, and how to get help and out.
  service('opt-in-confirmation', ['lenderName'], {
    requiredNotices: {
      en: ['Msg & data rates', 'Reply HELP', 'Reply STOP'],
      es: ['tarifas', 'Responda AYUDA', 'Responda ALTO'],
    },
    citation: 'CTIA Messaging Principles §5.1',
  }),
  service('wrong-number', ['lenderName']),
  service('help', ['lenderName', 'lenderPhone', 'lenderEmail']),
];
