import type { InboundChannel } from './classification.ts';
import type { Label } from './labels.ts';

/** Contract, "Precedence": the primary label is the first of these that was found. */
const BY_SMS: readonly Label[] = [
  'self-harm',
  'bankruptcy',
  'deceased',
  'attorney',
  'identity-theft',
  'cease',
  'wrong-number',
  'opt-out',
  'email-stop',
  'call-stop',
  'work-contact',
  'inconvenient-time',
  'servicemember',
  'legal-threat',
  'dispute',
  'autopay-cancel',
  'hardship',
  'insurance',
  'paid-already',
  'promise',
  'opt-in',
  'help',
  'language-es',
  'human-review',
];

/** Received by e-mail, `email-stop` stands before `opt-out`. */
const BY_EMAIL: readonly Label[] = BY_SMS.flatMap((label): readonly Label[] => {
  if (label === 'opt-out') return ['email-stop', 'opt-out'];
  return label === 'email-stop' ? [] : [label];
});

/** The labels found, each once, in the order of precedence. */
export function inOrder(found: ReadonlySet<Label>, channel: InboundChannel): readonly Label[] {
  return (channel === 'email' ? BY_EMAIL : BY_SMS).filter((label) => found.has(label));
}
