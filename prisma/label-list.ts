import type { Label } from '../domain/inbound/labels.ts';

/** What a person may say a reply means, as contracts/inbound-labels.md puts it. `human-review` is not an answer. */
export const LABELS: readonly { label: Exclude<Label, 'human-review'>; meaning: string; effect: string }[] = [
  { label: 'self-harm', meaning: 'The writer may harm themselves', effect: 'Page a person now; all automation off' },
  {
    label: 'bankruptcy',
    meaning: 'Filed for bankruptcy',
    effect: 'Deny everything, recall what is queued, search the docket',
  },
  { label: 'deceased', meaning: 'The borrower has died', effect: 'Deny contact; a person takes it' },
  {
    label: 'attorney',
    meaning: 'The borrower has a lawyer',
    effect: 'Deny direct contact about this debt; record name and telephone',
  },
  {
    label: 'identity-theft',
    meaning: 'Never opened the account, fraud',
    effect: 'Hold and investigate; opens a dispute too',
  },
  { label: 'cease', meaning: 'Wants no contact by any means', effect: 'Deny every medium' },
  { label: 'wrong-number', meaning: 'This is not the borrower', effect: 'Bar the number for every person and debt' },
  { label: 'opt-out', meaning: 'No more texts', effect: 'Texts to that number stop for the whole lender' },
  { label: 'email-stop', meaning: 'No more e-mail', effect: 'E-mail to that address stops' },
  { label: 'call-stop', meaning: 'No more telephone calls', effect: 'Calls stop; texts stay' },
  { label: 'work-contact', meaning: 'Not at work', effect: 'Work number and place are barred' },
  { label: 'inconvenient-time', meaning: 'Not at these hours or days', effect: 'A person enters the hours' },
  {
    label: 'servicemember',
    meaning: 'On active duty or deployed',
    effect: 'Remedies locked until the military-status search',
  },
  {
    label: 'legal-threat',
    meaning: 'Will sue or complain to a regulator',
    effect: 'Litigation hold; a person takes it',
  },
  { label: 'dispute', meaning: 'Does not owe it, or a wrong amount', effect: 'The disputed amount is held' },
  { label: 'autopay-cancel', meaning: 'Stop the automatic debit', effect: 'Cancel the series; a person confirms' },
  { label: 'hardship', meaning: 'Cannot pay', effect: 'Pause five business days; a person reads it' },
  { label: 'insurance', meaning: 'Proof of or news about insurance', effect: 'Recorded as received when it came' },
  { label: 'paid-already', meaning: 'Says it has been paid', effect: 'Hold two banking days, check the ledger' },
  { label: 'promise', meaning: 'One amount and one date', effect: 'Stored as a promise, if amount and date were read' },
  { label: 'opt-in', meaning: 'START or UNSTOP after a stop', effect: 'Texts on again' },
  { label: 'help', meaning: 'Asks for help', effect: 'A person answers' },
  { label: 'language-es', meaning: 'Writes in Spanish', effect: 'Language recorded' },
];
