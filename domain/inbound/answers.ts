import { confirmsOptOut } from './actions.ts';
import type { Classification, InboundContext } from './classification.ts';
import type { Effect, ReplyTemplate } from './effects.ts';
import { hold, item } from './holds.ts';

/** What of the context decides effects; the rest has been used in reading. */
export type EffectContext = Pick<InboundContext, 'channel' | 'mode' | 'smsStopped' | 'inValidationPeriod'>;

/** 12 CFR 1006.14(h)(2)(i), 47 CFR 64.1200(a)(12): the one confirmation goes within five minutes or not at all. */
const CONFIRM_WITHIN_SECONDS = 300;
/** One response to the consumer's own message, rules.md `one-response`: ten minutes. */
const REPLY_WITHIN_SECONDS = 600;

/** What hangs on the message as a whole: a person's work, the hold until then, and the one answer. */
export function closingEffects(read: Classification, context: EffectContext): readonly Effect[] {
  return [...humanReview(read), ...replies(read, context)];
}

function humanReview(read: Classification): Effect[] {
  const threat = read.pagePerson && !read.labels.includes('self-harm');
  const urgent: Effect[] = threat ? [item(read, 'threat', 0, true)] : [];
  if (!read.labels.includes('human-review')) return urgent;
  // Contract: the hold never lapses by itself; one business day is the limit, then it is escalated.
  const held: Effect[] = read.holdSms ? [hold('manual', 'sms', { kind: 'until-labelled' })] : [];
  return [...urgent, ...held, item(read, 'human-review', 1, false)];
}

function replies(read: Classification, context: EffectContext): Effect[] {
  const language = read.replyLanguage;
  const reply = (template: ReplyTemplate): Effect => ({
    kind: 'reply',
    template,
    language,
    withinSeconds: REPLY_WITHIN_SECONDS,
  });
  if (read.labels.includes('opt-out')) {
    // The only message that still goes after a stop; nothing else of this reply is answered.
    return confirmsOptOut(read.labels, context)
      ? [{ kind: 'reply', template: 'opt-out-confirmation', language, withinSeconds: CONFIRM_WITHIN_SECONDS }]
      : [];
  }
  const out: Effect[] = [];
  if (read.actions.includes('send-help')) out.push(reply('help'));
  if (read.actions.includes('confirm-promise')) out.push(reply('promise-confirmation'));
  if (read.actions.includes('send-contact-line')) out.push(reply('contact-line'));
  if (read.actions.includes('resume-sms')) out.push(reply('opt-in-confirmation'));
  if (read.labels.includes('wrong-number')) out.push(reply('wrong-number'));
  return out;
}
