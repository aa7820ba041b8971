import type { MessageContent } from './content.ts';

export type TemplateChannel = 'sms' | 'email' | 'letter';
/** service: what a borrower asked for or must know; notice: collection; legal: its wording or timing is set by law. */
export type TemplateKind = 'service' | 'notice' | 'legal';

export interface TemplateEntry {
  id: string;
  channel: TemplateChannel;
  kind: TemplateKind;
  /** Names that the text may use; every one must be given, as a formatted string. */
  variables: readonly string[];
  /** Phrases that the rendered text must contain, by language. */
  requiredNotices: { en: readonly string[]; es: readonly string[] };
  content: Partial<MessageContent>;
}

const OPT_OUT = { en: ['Reply STOP'], es: ['Responda ALTO'] } as const;
const MAIL_STOP = { en: ['stop these e-mails'], es: ['dejar de recibir'] } as const;
const NONE = { en: [], es: [] } as const;

const sms = (id: string, variables: readonly string[], rest: Partial<TemplateEntry> = {}): TemplateEntry => ({
  id,
  channel: 'sms',
  kind: 'notice',
  variables,
  requiredNotices: OPT_OUT,
  content: {},
  ...rest,
});
const email = (id: string, variables: readonly string[], rest: Partial<TemplateEntry> = {}): TemplateEntry => ({
  id,
  channel: 'email',
  kind: 'notice',
  variables: ['firstName', 'lenderName', 'lenderPhone', 'stopLink', ...variables],
  requiredNotices: MAIL_STOP,
  content: {},
  ...rest,
});

/** Every message that can leave, with what it may say. A step of a policy names its template by this id. */
export const catalog: readonly TemplateEntry[] = [
  sms('first-text', ['lenderName']),
  sms('reminder-neutral', ['lenderName', 'lenderPhone', 'payLink']),
  sms('pay-or-reply', ['lenderName', 'payLink']),
  sms('call-us', ['lenderName', 'lenderPhone']),
  sms('several-loans', ['lenderName', 'lenderPhone', 'loanCount', 'payLink']),
  sms('promise-reminder', ['lenderName', 'promiseDate']),
  sms('promise-confirmation', ['lenderName', 'promiseDate'], { kind: 'service' }),
  sms('contact-line', ['lenderName', 'lenderPhone', 'openingHours'], { kind: 'service' }),
  sms('after-hours', ['lenderName', 'opensAt'], { kind: 'service' }),
  sms('opt-out-confirmation', ['lenderName'], { kind: 'service', requiredNotices: NONE, content: { optOutText: false } }),
  sms('help', ['lenderName', 'lenderPhone', 'lenderEmail'], { kind: 'service' }),
  email('courtesy', ['loanLast4', 'payLink']),
  email('amount-and-link', ['loanLast4', 'amountDue', 'asOf', 'payLink'], { content: { debtFacts: true } }),
  email('options', ['loanLast4', 'amountDue', 'asOf', 'payLink'], { content: { debtFacts: true } }),
  email('options-2', ['loanLast4', 'amountDue', 'asOf', 'payLink'], { content: { debtFacts: true } }),
  email('plan-offer', ['loanLast4', 'amountDue', 'asOf'], { content: { debtFacts: true } }),
  email('hardship', ['loanLast4']),
  email('loss-mitigation-application', ['loanLast4']),
  email('several-loans', ['loanList', 'asOf', 'payLink'], { content: { debtFacts: true } }),
  email('promise-reminder', ['promiseDate']),
  email('receipt', ['amountPaid', 'loanLast4', 'paidAt', 'traceId'], { kind: 'service' }),
  email('mail-stop-confirmation', [], { kind: 'service', requiredNotices: NONE, content: { optOutText: false } }),
];

export function findTemplate(id: string, channel: TemplateChannel): TemplateEntry | undefined {
  return catalog.find((entry) => entry.id === id && entry.channel === channel);
}
