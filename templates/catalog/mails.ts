import type { TemplateEntry } from '../entry.ts';
import { NO_NOTICES } from '../entry.ts';
import type { VariableName } from '../variables.ts';

const MAIL_STOP = { en: ['stop these e-mails'], es: ['dejar de recibir'] } as const;
/** Amounts are read again in the claim, and each is said with the date it is as of. */
const WITH_AMOUNTS = { debtFacts: true, amounts: 'match-ledger' } as const;

const mail = (id: string, variables: readonly VariableName[], rest: Partial<TemplateEntry> = {}): TemplateEntry => ({
  id,
  channel: 'email',
  kind: 'notice',
  notice: null,
  languages: ['en', 'es'],
  variables: ['firstName', 'lenderName', 'lenderPhone', 'stopLink', ...variables],
  requiredNotices: MAIL_STOP,
  content: {},
  enclosures: [],
  citation: null,
  ...rest,
});
const service = (id: string, variables: readonly VariableName[], rest: Partial<TemplateEntry> = {}): TemplateEntry =>
  mail(id, variables, { kind: 'service', ...rest });

export const mails: readonly TemplateEntry[] = [
  mail('courtesy', ['loanLast4', 'payLink']),
  mail('amount-and-link', ['loanLast4', 'amountDue', 'asOf', 'payLink'], { content: WITH_AMOUNTS }),
  mail('options', ['loanLast4', 'amountDue', 'asOf', 'payLink'], { content: WITH_AMOUNTS }),
  mail('options-2', ['loanLast4', 'amountDue', 'asOf', 'payLink'], { content: WITH_AMOUNTS }),
  mail('plan-offer', ['loanLast4', 'amountDue', 'asOf'], { content: WITH_AMOUNTS }),
  mail('hardship', ['loanLast4']),
  mail('loss-mitigation-application', ['loanLast4']),
  mail('several-loans', ['loanList', 'asOf', 'payLink'], { content: WITH_AMOUNTS }),
  mail('promise-reminder', ['promiseDate']),
  service('promise-confirmation', ['promiseDate']),
  service('contact-line', ['openingHours']),
  service('help', ['lenderEmail', 'openingHours']),
  service('wrong-number', []),
  service('opt-in-confirmation', []),
  service('receipt', ['amountPaid', 'loanLast4', 'paidAt', 'traceId']),
  service('mail-stop-confirmation', [], { requiredNotices: NO_NOTICES, content: { optOutText: false } }),
];
