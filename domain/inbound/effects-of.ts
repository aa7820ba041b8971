import type { Classification } from './classification.ts';
import type { EffectContext } from './answers.ts';
import type { Effect } from './effects.ts';
import { hold, item, reviewed } from './holds.ts';
import { closingEffects } from './answers.ts';
import type { Label } from './labels.ts';

const SENDER = { kind: 'sender' } as const;
const ALL_CONTACT = ['sms', 'prerecorded', 'call', 'email', 'letter'] as const;

/**
 * The facts to record, holds to place, items to open and replies to send for one classified message, in that order of
 * kinds. Every label has its effect (contracts/inbound-labels.md, "Labels"). Pure and total; the gate still judges replies.
 */
export function effectsOf(read: Classification, context: EffectContext): readonly Effect[] {
  const effects = read.labels.flatMap((label) => forLabel(label, read, context));
  if (read.promise !== null) {
    const { amountCents, on } = read.promise;
    effects.push({ kind: 'record-promise', amountCents, on, confirmed: read.actions.includes('confirm-promise') });
  }
  if (read.actions.includes('check-carrier-block')) effects.push(item(read, 'carrier-block', 1, false));
  if (read.namesOtherPerson && read.labels.includes('opt-out')) effects.push(item(read, 'named-number', 1, false));
  effects.push(...closingEffects(read, context));
  return once(effects);
}

function forLabel(label: Label, read: Classification, context: EffectContext): Effect[] {
  switch (label) {
    case 'self-harm': {
      return [
        { kind: 'legal-stop', stop: 'self-harm', recallQueued: true },
        { kind: 'stop-automation' },
        { kind: 'recall-queued', channels: ALL_CONTACT },
        item(read, 'self-harm', 0, true),
      ];
    }
    case 'bankruptcy': {
      return bankruptcy(read);
    }
    case 'deceased': {
      return [
        { kind: 'legal-stop', stop: 'deceased', recallQueued: true },
        hold('deceased', 'all', reviewed),
        { kind: 'recall-queued', channels: ALL_CONTACT },
        ...(read.executor ? [{ kind: 'record-executor' } as const] : []),
        item(read, 'deceased', 1, false),
      ];
    }
    case 'attorney': {
      return attorney(read);
    }
    case 'identity-theft': {
      return [
        { kind: 'legal-stop', stop: 'identity-theft', recallQueued: true },
        hold('identity-theft', 'all', reviewed),
        item(read, 'identity-theft', 1, false),
      ];
    }
    case 'cease': {
      return [
        { kind: 'legal-stop', stop: 'cease', recallQueued: true },
        { kind: 'ban-medium', medium: 'all', reason: 'cease' },
        { kind: 'recall-queued', channels: ALL_CONTACT },
      ];
    }
    case 'wrong-number': {
      return [
        { kind: 'bar-number', address: SENDER },
        { kind: 'recall-queued', channels: ['sms', 'prerecorded', 'call'] },
      ];
    }
    case 'opt-out': {
      return optOut(read, context);
    }
    case 'email-stop': {
      const address: Effect =
        context.channel === 'email'
          ? { kind: 'stop-address', channel: 'email', address: SENDER, scope: 'lender', reason: 'email-stop' }
          : { kind: 'ban-medium', medium: 'email', reason: 'email-stop' };
      return [address, { kind: 'recall-queued', channels: ['email'] }];
    }
    case 'call-stop': {
      return [
        { kind: 'ban-medium', medium: 'call', reason: 'call-stop' },
        { kind: 'recall-queued', channels: ['call', 'prerecorded'] },
      ];
    }
    case 'work-contact': {
      return [{ kind: 'bar-work' }, item(read, 'work-contact', 1, false)];
    }
    case 'inconvenient-time': {
      const quiet: Effect[] = read.quietTime === null ? [] : [{ kind: 'quiet-time', quietTime: read.quietTime }];
      return read.review.includes('time-unclear') ? [...quiet, item(read, 'quiet-time', 1, false)] : quiet;
    }
    case 'servicemember': {
      // 50 USC 3931, 3952, 3953: no remedy until the status search says not covered.
      return [hold('servicemember', 'remedies', reviewed), item(read, 'military-search', 1, false)];
    }
    case 'legal-threat': {
      return [
        { kind: 'legal-stop', stop: 'litigation', recallQueued: true },
        { kind: 'freeze-deletion' },
        hold('complaint', 'all', reviewed),
        item(read, 'litigation', 1, false),
      ];
    }
    case 'dispute': {
      return dispute(read, context);
    }
    case 'autopay-cancel': {
      const scope = read.debitScope ?? 'series';
      return [{ kind: 'cancel-debit', scope }, item(read, 'autopay-cancel', 1, false)];
    }
    case 'hardship': {
      return [
        hold('hardship', 'collection', { kind: 'business-days', count: 5 }),
        ...(read.disaster ? [hold('disaster', 'collection', reviewed)] : []),
        item(read, 'hardship', 1, false),
      ];
    }
    case 'insurance': {
      const evidence: Effect[] =
        read.actions.includes('record-evidence') && read.evidenceReceivedAtMs !== null
          ? [{ kind: 'record-evidence', receivedAtMs: read.evidenceReceivedAtMs }]
          : [];
      return [...evidence, item(read, 'insurance-proof', 2, false)];
    }
    case 'paid-already': {
      return [
        hold('paid-claim', 'collection', { kind: 'banking-days', count: 2 }),
        item(read, 'ledger-check', 1, false),
      ];
    }
    case 'opt-in': {
      return [{ kind: 'record-consent', channel: 'sms' }, { kind: 'resume-sms' }];
    }
    case 'language-es': {
      return read.actions.includes('set-language-es') ? [{ kind: 'set-language', language: 'es' }] : [];
    }
    case 'promise':
    case 'help':
    case 'human-review': {
      // Their effects hang on the whole message: see record-promise, replies and humanReview.
      return [];
    }
  }
}

function bankruptcy(read: Classification): Effect[] {
  if (read.bankruptcy === 'contemplated') {
    return [hold('bankruptcy', 'all', { kind: 'business-days', count: 5 }), item(read, 'bankruptcy-plan', 1, false)];
  }
  // 11 USC 362(a): the stay holds from the filing, known or not.
  return [
    { kind: 'legal-stop', stop: 'bankruptcy', recallQueued: true },
    hold('bankruptcy', 'all', reviewed),
    { kind: 'recall-queued', channels: ALL_CONTACT },
    item(read, 'docket-search', 1, false),
  ];
}

function attorney(read: Classification): Effect[] {
  const { name, phone } = read.attorney ?? { name: null, phone: null };
  const record: Effect[] = name === null && phone === null ? [] : [{ kind: 'record-attorney', name, phone }];
  const ask = name === null || phone === null ? [item(read, 'attorney-details', 1, false)] : [];
  return [{ kind: 'legal-stop', stop: 'attorney', recallQueued: true }, ...record, ...ask];
}

function optOut(read: Classification, context: EffectContext): Effect[] {
  const address = context.channel === 'email' ? ({ kind: 'all-of-sender' } as const) : SENDER;
  const places = [address, ...read.namedNumbers.map((number) => ({ kind: 'named', number }) as const)];
  return [
    ...places.flatMap((place): Effect[] => [
      { kind: 'stop-address', channel: 'sms', address: place, scope: 'lender', reason: 'opt-out' },
      { kind: 'stop-address', channel: 'prerecorded', address: place, scope: 'lender', reason: 'opt-out' },
    ]),
    { kind: 'recall-queued', channels: ['sms', 'prerecorded'] },
  ];
}

function dispute(read: Classification, context: EffectContext): Effect[] {
  const ceases = context.mode === 'third-party' && context.inValidationPeriod;
  return [
    { kind: 'open-dispute', ceaseUntilVerified: ceases },
    // 12 CFR 1006.38(d)(2): collection of the disputed debt ceases until verification has been sent.
    ...(ceases ? [{ kind: 'legal-stop', stop: 'dispute-validation', recallQueued: true } as const] : []),
    hold('dispute', 'disputed-amount', reviewed),
    item(read, 'dispute', 1, false),
  ];
}

function once(effects: readonly Effect[]): readonly Effect[] {
  const seen = new Set<string>();
  return effects.filter((effect) => {
    const key = JSON.stringify(effect);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
