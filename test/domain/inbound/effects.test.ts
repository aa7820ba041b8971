import { describe, expect, it } from 'vitest';
import type { Classification, InboundContext } from '../../../domain/inbound/classification.ts';
import { classifyReply } from '../../../domain/inbound/classify-reply.ts';
import { effectsOf } from '../../../domain/inbound/effects-of.ts';
import type { Effect } from '../../../domain/inbound/effects.ts';
import type { Label } from '../../../domain/inbound/labels.ts';

const usual: InboundContext = {
  channel: 'sms',
  mode: 'first-party',
  receivedAtMs: Date.parse('2026-12-02T10:00:00-05:00'),
  zone: 'America/New_York',
  smsStopped: false,
  knownNumber: true,
  authentic: true,
  openPrompt: null,
  inValidationPeriod: false,
  attachments: [],
};

function read(
  text: string,
  context: Partial<InboundContext> = {},
): { read: Classification; effects: readonly Effect[] } {
  const all = { ...usual, ...context };
  const classification = classifyReply(text, all);
  return { read: classification, effects: effectsOf(classification, all) };
}

const effectsIn = (text: string, context: Partial<InboundContext> = {}): readonly Effect[] =>
  read(text, context).effects;
const replies = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.template] : []));
const items = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.kind === 'open-item' ? [effect.item] : []));
const holds = (effects: readonly Effect[]): readonly unknown[] =>
  effects.flatMap((effect) =>
    effect.kind === 'place-hold' ? [[effect.hold, effect.scope, effect.end.kind, effect.reviewInDays]] : [],
  );
const stops = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.kind === 'legal-stop' ? [effect.stop] : []));

describe('each label has its effect', () => {
  const examples: Readonly<Record<Label, string>> = {
    'self-harm': 'I want to die',
    bankruptcy: 'I filed chapter 7',
    deceased: 'he passed away',
    attorney: 'talk to my attorney',
    'identity-theft': 'I never opened this account',
    cease: 'do not contact me again',
    'wrong-number': 'wrong number',
    'opt-out': 'STOP',
    'email-stop': 'stop emailing me',
    'call-stop': 'stop calling me',
    'work-contact': 'stop calling me at work',
    'inconvenient-time': "don't text after 6",
    servicemember: "I'm deployed overseas",
    'legal-threat': 'I will sue you',
    dispute: "I don't owe this",
    'autopay-cancel': 'cancel my autopay',
    hardship: 'lost my job',
    insurance: 'here is my new insurance',
    'paid-already': 'I paid yesterday!',
    promise: 'I can pay $200 friday',
    'opt-in': 'START',
    help: 'HELP',
    'language-es': 'No hablo ingles',
    'human-review': 'what is my balance',
  };
  for (const [label, text] of Object.entries(examples)) {
    it(`${label}: ${text}`, () => {
      const { read: classification, effects } = read(text);
      expect(classification.primary).toBe(label);
      expect(effects.length).toBeGreaterThan(0);
    });
  }
});

describe('stops', () => {
  it('an opt-out stops texts and recorded voice to the number for the whole lender and recalls what is queued', () => {
    const effects = effectsIn('STOP');
    for (const channel of ['sms', 'prerecorded'] as const) {
      expect(effects).toContainEqual({
        kind: 'stop-address',
        channel,
        address: { kind: 'sender' },
        scope: 'lender',
        reason: 'opt-out',
      });
    }
    expect(effects).toContainEqual({ kind: 'recall-queued', channels: ['sms', 'prerecorded'] });
    expect(effects.some((effect) => effect.kind === 'ban-medium')).toBe(false);
  });

  it('exactly one neutral confirmation follows, within 300 seconds, in the language of the message', () => {
    expect(effectsIn('ALTO').filter((effect) => effect.kind === 'reply')).toEqual([
      { kind: 'reply', template: 'opt-out-confirmation', language: 'es', withinSeconds: 300 },
    ]);
    expect(replies(effectsIn('I will pay 200 friday but stop texting me'))).toEqual(['opt-out-confirmation']);
    expect(replies(effectsIn('lost my job, stop texting me'))).toEqual(['opt-out-confirmation']);
    for (const text of [
      'wrong number stop',
      'I filed chapter 7. STOP',
      'talk to my lawyer and stop texting me',
      'do not contact me again',
    ]) {
      expect(replies(effectsIn(text)), text).toEqual(['opt-out-confirmation']);
    }
  });

  it('a second STOP, a death and self-harm get no confirmation', () => {
    expect(replies(effectsIn('STOP', { smsStopped: true }))).toEqual([]);
    expect(replies(effectsIn('he died. stop texting me'))).toEqual([]);
    expect(replies(effectsIn('stop texting me i want to die'))).toEqual([]);
  });

  it('by e-mail a bare stop bars e-mail to the address and texts to every number of the sender', () => {
    const effects = effectsIn('unsubscribe', { channel: 'email' });
    expect(effects).toContainEqual({
      kind: 'stop-address',
      channel: 'email',
      address: { kind: 'sender' },
      scope: 'lender',
      reason: 'email-stop',
    });
    expect(effects).toContainEqual({
      kind: 'stop-address',
      channel: 'sms',
      address: { kind: 'all-of-sender' },
      scope: 'lender',
      reason: 'opt-out',
    });
  });

  it('a stop that names another number binds both', () => {
    const places = effectsIn('stop texting 555-0100').flatMap((effect) =>
      effect.kind === 'stop-address' && effect.channel === 'sms' ? [effect.address] : [],
    );
    expect(places).toEqual([{ kind: 'sender' }, { kind: 'named', number: '555-0100' }]);
  });

  it('a stop for a person named by word only opens work to find the number', () => {
    expect(items(effectsIn('stop texting my wife'))).toContain('named-number');
  });

  it('cease bans every medium and is a legal stop', () => {
    const effects = effectsIn('cease and desist');
    expect(stops(effects)).toEqual(['cease']);
    expect(effects).toContainEqual({ kind: 'ban-medium', medium: 'all', reason: 'cease' });
  });

  it('a leading STOP that was not a stop makes somebody check the carrier', () => {
    expect(items(effectsIn('stop calling me at work'))).toContain('carrier-block');
    expect(items(effectsIn('cancel my autopay'))).toContain('carrier-block');
  });
});

describe('holds and their review dates', () => {
  const cases: readonly (readonly [string, readonly unknown[], Partial<InboundContext>?])[] = [
    ["I don't owe this", ['dispute', 'disputed-amount', 'until-reviewed', 30]],
    ['lost my job', ['hardship', 'collection', 'business-days', 30]],
    ['I filed chapter 7', ['bankruptcy', 'all', 'until-reviewed', 90]],
    ['I might file bankruptcy', ['bankruptcy', 'all', 'business-days', 90]],
    ["I'm deployed overseas", ['servicemember', 'remedies', 'until-reviewed', 180]],
    ['the hurricane destroyed our house', ['disaster', 'collection', 'until-reviewed', 30]],
    ['he passed away', ['deceased', 'all', 'until-reviewed', 60]],
    ['I will report you to the CFPB', ['complaint', 'all', 'until-reviewed', 15]],
    ['what is my balance', ['manual', 'sms', 'until-labelled', 14]],
    ['I paid yesterday', ['paid-claim', 'collection', 'banking-days', 14]],
  ];
  for (const [text, wanted] of cases) {
    it(text, () => {
      expect(holds(effectsIn(text))).toContainEqual(wanted);
    });
  }

  it('a reaction or a known auto-reply is looked at and holds nothing', () => {
    for (const text of ['Liked “Your payment is due”', "I'm driving with Do Not Disturb turned on"]) {
      expect(holds(effectsIn(text)), text).toEqual([]);
      expect(items(effectsIn(text)), text).toEqual(['human-review']);
    }
  });
});

describe('other effects', () => {
  it('self-harm, threats and violence at home page a person at once', () => {
    for (const text of ['I want to die', 'ill come shoot up that branch', 'my husband hits me']) {
      expect(
        effectsIn(text).some((effect) => effect.kind === 'open-item' && effect.page && effect.dueBusinessDays === 0),
        text,
      ).toBe(true);
    }
    expect(effectsIn('I want to die')).toContainEqual({ kind: 'stop-automation' });
  });

  it('a bankruptcy that is not filed asks the docket nothing', () => {
    expect(items(effectsIn('filing bankruptcy next week'))).not.toContain('docket-search');
    expect(stops(effectsIn('filing bankruptcy next week'))).toEqual([]);
    expect(items(effectsIn('I filed chapter 7'))).toContain('docket-search');
  });

  it('in third-party mode inside the validation period a dispute ceases collection until verified', () => {
    const inside = effectsIn('I dispute this debt', { mode: 'third-party', inValidationPeriod: true });
    expect(inside).toContainEqual({ kind: 'open-dispute', ceaseUntilVerified: true });
    expect(stops(inside)).toContain('dispute-validation');
    expect(stops(effectsIn('I dispute this debt', { inValidationPeriod: true }))).toEqual([]);
  });

  it('one debit is pulled and the series goes on', () => {
    expect(effectsIn("stop friday's debit")).toContainEqual({ kind: 'cancel-debit', scope: 'one-item' });
    expect(effectsIn('cancel my autopay')).toContainEqual({ kind: 'cancel-debit', scope: 'series' });
  });

  it('a promise beside a stop is stored and not confirmed', () => {
    expect(effectsIn('I will pay friday but stop texting me')).toContainEqual({
      kind: 'record-promise',
      amountCents: null,
      on: '2026-12-04',
      confirmed: false,
    });
    expect(effectsIn('I can pay $200 friday')).toContainEqual({
      kind: 'record-promise',
      amountCents: 20_000,
      on: '2026-12-04',
      confirmed: true,
    });
  });

  it('the lawyer is recorded when named, and asked for once when not', () => {
    expect(effectsIn('my lawyer is Ann Lee 555-0100')).toContainEqual({
      kind: 'record-attorney',
      name: 'Ann Lee',
      phone: '555-0100',
    });
    expect(items(effectsIn('my lawyer is Ann Lee 555-0100'))).not.toContain('attorney-details');
    expect(items(effectsIn('talk to my attorney'))).toContain('attorney-details');
  });

  it('the language is not recorded for a number that is wrong or whose owner is dead, but the reply speaks it', () => {
    const wrong = read('numero equivocado');
    expect(wrong.effects.some((effect) => effect.kind === 'set-language')).toBe(false);
    expect(wrong.read.replyLanguage).toBe('es');
    expect(effectsIn('No hablo ingles')).toContainEqual({ kind: 'set-language', language: 'es' });
  });

  it('proof of insurance counts from the instant of receipt', () => {
    expect(effectsIn('here is my new insurance')).toContainEqual({
      kind: 'record-evidence',
      receivedAtMs: usual.receivedAtMs,
    });
    expect(effectsIn('my car got totaled').some((effect) => effect.kind === 'record-evidence')).toBe(false);
  });

  it('a stop from an unknown number is stored for the number', () => {
    expect(effectsIn('stop', { knownNumber: false }).some((effect) => effect.kind === 'stop-address')).toBe(true);
  });
});
