import { expect, test } from 'vitest';
import type { GateFacts, MessageContent } from '../../../domain/gate/index.ts';
import { askContact, brief, NOON, phone, place, rulesOf, type ContactOver } from './calm.ts';

/** Content (P5) and approval (P6). */
type Row = readonly [string, ContactOver, Partial<MessageContent>, Partial<GateFacts>, string];

const call = { channel: 'call' } as const;
const mail = { channel: 'email' } as const;
const letter = { channel: 'letter' } as const;
const voicemail = { channel: 'voicemail' } as const;
const third = { mode: 'third-party' } as const;
const early = { channel: 'letter', purpose: 'legal-notice', notice: 'early-intervention' } as const;
const validation = { sentOn: '2026-10-20', endsOn: '2026-12-01', writtenDisputeAt: null, verificationSentOn: null };
const dispute = { kind: 'notice-of-error', at: '2026-11-01T00:00:00Z', aboutPayment: true } as const;
const dc = { product: 'card', daysPastDue: 45, mailing: place('DC', 'America/New_York') } as const;

const rows: readonly Row[] = [
  ['marketing-mix: in a letter', letter, { marketing: true }, {}, 'deny marketing-mix'],
  ['optout-notice: an email', mail, { optOutText: false }, {}, 'require-content optout-notice'],
  ['optout-notice: a letter needs none', letter, { optOutText: false }, {}, 'allow'],
  [
    'limited-content: alone it is no communication',
    voicemail,
    { limitedContentOnly: true, miniMiranda: false },
    third,
    'allow',
  ],
  [
    'limited-content: not with debt facts',
    voicemail,
    { limitedContentOnly: true, debtFacts: true },
    third,
    'require-content limited-content',
  ],
  [
    'limited-content: not with a balance',
    voicemail,
    { limitedContentOnly: true, showsBalance: true },
    third,
    'require-content limited-content',
  ],
  ['limited-content: a full message with its notice', voicemail, {}, third, 'allow'],
  [
    'limited-content: a full message without',
    voicemail,
    { miniMiranda: false },
    third,
    'require-content limited-content',
  ],
  ['limited-content: our own loans', voicemail, { miniMiranda: false }, {}, 'allow'],
  ['mini-miranda: a letter', letter, { miniMiranda: false }, third, 'require-content mini-miranda'],
  [
    'mini-miranda: limited content is for voicemail only',
    mail,
    { limitedContentOnly: true, miniMiranda: false },
    third,
    'require-content mini-miranda',
  ],
  ['mini-miranda: our own loans', letter, { miniMiranda: false }, {}, 'allow'],
  ['overshadow: the last day', letter, { rushesDispute: true }, { ...third, validation }, 'deny overshadow'],
  [
    'overshadow: the day after',
    letter,
    { rushesDispute: true },
    { ...third, validation: { ...validation, endsOn: '2026-11-30' } },
    'allow',
  ],
  ['overshadow: our own loans', letter, { rushesDispute: true }, { validation }, 'allow'],
  ['overshadow: no notice was sent', letter, { rushesDispute: true }, third, 'allow'],
  ['time-barred: our own loans too', letter, { threatensSuit: true }, { limitationExpired: true }, 'deny time-barred'],
  ['time-barred: unknown is run', letter, { threatensSuit: true }, { limitationExpired: null }, 'deny time-barred'],
  ['time-barred: not run', letter, { threatensSuit: true }, {}, 'allow'],
  ['time-barred: no threat', letter, {}, { limitationExpired: true }, 'allow'],
  [
    'sms-privacy: verified 90 days ago',
    {},
    { showsBalance: true },
    { phones: [phone({ verifiedAt: '2026-09-02T17:00:00Z' })] },
    'allow',
  ],
  [
    'sms-privacy: a second more',
    {},
    { showsBalance: true },
    { phones: [phone({ verifiedAt: '2026-09-02T16:59:59Z' })] },
    'require-content sms-privacy',
  ],
  [
    'sms-privacy: never verified, voicemail',
    voicemail,
    { showsBalance: true },
    { phones: [phone({ verifiedAt: null })] },
    'require-content sms-privacy',
  ],
  [
    'sms-privacy: an email has no lock screen',
    mail,
    { showsBalance: true },
    { phones: [phone({ verifiedAt: null })] },
    'allow',
  ],
  ['identity-call: who calls', call, { identifiesCaller: false }, {}, 'require-content identity-call'],
  [
    'identity-call: recorded voice',
    { channel: 'prerecorded-call' },
    { identifiesCaller: false },
    {},
    'require-content identity-call',
  ],
  ['identity-call: a text', {}, { identifiesCaller: false }, {}, 'allow'],
  ['call-recording: at the start', call, { recordingNotice: false }, {}, 'require-content call-recording'],
  ['call-recording: voicemail', voicemail, { recordingNotice: false }, {}, 'allow'],
  ['validation: overdue', call, {}, { ...third, validationDueBy: '2026-11-30' }, 'require-content validation'],
  ['validation: its last day', call, {}, { ...third, validationDueBy: '2026-12-01' }, 'allow'],
  [
    'validation: the notice itself',
    { ...letter, purpose: 'legal-notice', notice: 'validation' },
    {},
    { ...third, validationDueBy: '2026-11-30' },
    'allow',
  ],
  ['validation: our own loans', call, {}, { validationDueBy: '2026-11-30' }, 'allow'],
  ['envelope: outside marks', letter, { outsideMarks: true }, {}, 'deny envelope'],
  ['envelope: an email has none', mail, { outsideMarks: true }, {}, 'allow'],
  [
    'dispute-firstparty: the disputed part',
    call,
    { asksDisputedPart: true },
    { dispute },
    'require-content dispute-firstparty',
  ],
  ['dispute-firstparty: the rest by approval', call, {}, { dispute }, 'require-approval dispute-firstparty'],
  ['dispute-firstparty: a legal notice', early, {}, { dispute }, 'allow'],
  [
    'ei-cease: not in the plain form',
    early,
    { modifiedForm: false },
    { ...third, cease: { at: NOON, writing: true } },
    'require-content ei-cease',
  ],
  ['ei-cease: our own loans', early, { modifiedForm: false }, { cease: { at: NOON, writing: true } }, 'allow'],
  ['ei-cease: nobody asked us to cease', early, { modifiedForm: false }, third, 'allow'],
  [
    'dc-electronic: consent is there, so the message may say more',
    { purpose: 'consent-request' },
    { asksConsentOnly: false },
    dc,
    'allow',
  ],
  [
    'dc-electronic: by email without',
    { ...mail, purpose: 'consent-request' },
    { asksConsentOnly: false },
    { ...dc, electronicConsent: { sms: true, email: false } },
    'require-content dc-electronic',
  ],
  [
    'dc-electronic: by call it is not electronic',
    { ...call, purpose: 'consent-request' },
    { asksConsentOnly: false },
    { ...dc, electronicConsent: { sms: false, email: false } },
    'allow',
  ],
  ['udaap-content: the ledger says otherwise', letter, { amounts: 'differ' }, {}, 'deny udaap-content'],
  ['udaap-content: no amounts', letter, { amounts: 'none' }, {}, 'allow'],
  ['ai-text: nobody has read it', mail, { author: 'model-unreviewed' }, {}, 'deny ai-text'],
  ['ai-text: a person wrote it', mail, { author: 'person' }, {}, 'allow'],
  [
    'complaint-open: a legal notice goes',
    { ...letter, purpose: 'legal-notice', notice: 'ucc-sale' },
    {},
    { complaintOpen: { at: NOON } },
    'allow',
  ],
  [
    'complaint-open: a letter by approval',
    letter,
    {},
    { complaintOpen: { at: NOON } },
    'require-approval complaint-open',
  ],
];

test.each(rows)('%s', (...row) => {
  const [, request, content, facts, expected] = row;
  expect(brief(askContact({ ...request, content }, facts))).toBe(expected);
});

test('ei-bankruptcy asks for the bankruptcy form while the stay asks for approval', () => {
  const facts: Partial<GateFacts> = { bankruptcy: { chapter: 13, status: 'filed', at: NOON, reaffirmed: false } };
  const plain = askContact({ ...early, content: { modifiedForm: false } }, facts);
  expect([brief(plain), rulesOf(plain)]).toEqual([
    'require-approval bankruptcy-stay',
    ['bankruptcy-stay', 'ei-bankruptcy'],
  ]);
  expect(rulesOf(askContact(early, facts))).toEqual(['bankruptcy-stay']);
});

test('disclosures-keepable stands beside esign-consent in third-party mode', () => {
  const notice = { ...mail, purpose: 'legal-notice', notice: 'validation' } as const;
  const emails = [
    {
      ...({
        id: 'e1',
        address: null,
        employerProvided: false,
        source: 'consumer',
        noticeOptOutEndsOn: null,
        readByOthers: false,
        consumerWroteFromAt: null,
        esignConsent: false,
        optedOutAt: null,
      } as const),
    },
  ];
  expect(rulesOf(askContact(notice, { ...third, emails }))).toEqual(['esign-consent', 'disclosures-keepable']);
  expect(rulesOf(askContact(notice, { emails }))).toEqual(['esign-consent']);
  expect(rulesOf(askContact(notice, third))).toEqual([]);
});

test('required content says what to add', () => {
  const answer = askContact(
    { content: { optOutText: false, showsBalance: true } },
    { phones: [phone({ verifiedAt: null })] },
  );
  expect(answer.requiredContent).toEqual([
    { rule: 'optout-notice', needs: 'a clear, free way to opt this number or address out' },
    { rule: 'sms-privacy', needs: 'a link to the portal in place of the balance' },
  ]);
});
