/** The closed word lists of the gate. The arrays are the runtime truth; the types follow them. */

export const CHANNELS = ['sms', 'call', 'prerecorded-call', 'voicemail', 'email', 'letter'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Actions other than contact. Each has its own family of locks. */
export const REMEDIES = [
  'repossess',
  'sell-collateral',
  'accelerate',
  'sue',
  'setoff',
  'file-foreclosure',
  'foreclosure-sale',
  'charge-insurance',
  'debit',
  'assess-fee',
  'furnish',
  'suspend-line',
  'release-lien',
] as const;
export type Remedy = (typeof REMEDIES)[number];

export const PURPOSES = [
  'collection',
  'reply',
  'receipt',
  'opt-out-confirmation',
  'help-reply',
  'consent-request',
  'verification-call',
  'promise-reminder',
  'legal-notice',
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const NOTICES = [
  'right-to-cure',
  'mortgage-default',
  'intent-to-specify-remedy',
  'ucc-sale',
  'insurance-first',
  'insurance-reminder',
  'validation',
  'early-intervention',
  'acceleration',
  'repossession',
  'foreclosure',
  'end-of-efforts',
  'bankruptcy-form',
] as const;
export type Notice = (typeof NOTICES)[number];

export const PARTIES = ['borrower', 'co-borrower', 'spouse', 'relative', 'executor', 'attorney', 'employer'] as const;
export type Party = (typeof PARTIES)[number];

export const PRODUCTS = ['auto', 'mortgage', 'heloc', 'personal', 'card', 'rv', 'boat', 'commercial-mortgage'] as const;
export type Product = (typeof PRODUCTS)[number];

export const MODES = ['first-party', 'third-party'] as const;
/** First-party: a creditor collecting its own loan in its own name. Third-party: everyone else (15 USC 1692a(6)). */
export type Mode = (typeof MODES)[number];

export const NUMBER_KINDS = ['personal', 'other'] as const;
/** Massachusetts counts calls to a home, mobile or personal number apart from any other (940 CMR 7.04(1)(f)). */
export type NumberKind = (typeof NUMBER_KINDS)[number];

export const OUTCOMES = ['no-answer', 'voicemail', 'conversation', 'not-connected'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Most severe first: the decision is the most severe of the failing rules. */
export const SEVERITIES = ['deny', 'require-approval', 'require-content', 'defer-until'] as const;
export type Severity = (typeof SEVERITIES)[number];
export type Decision = 'allow' | Severity;
