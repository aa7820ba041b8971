import { evaluateGate, shippedRuleset } from '../../../domain/gate/index.ts';
import type {
  ContactEvent,
  ContactRequest,
  EmailFacts,
  GateDecision,
  GateFacts,
  MessageContent,
  PhoneFacts,
  RemedyRequest,
  Ruleset,
} from '../../../domain/gate/index.ts';

/** Facts and requests against which nothing stands, to be spoilt one thing at a time. Noon in New York, a Tuesday. */
export const NOON = '2026-12-01T17:00:00Z';

export const calmPhone: PhoneFacts = {
  id: 'p1',
  kind: 'mobile',
  zones: ['America/New_York'],
  states: [],
  consent: { by: 'consumer', at: null },
  optedOutAt: null,
  optedOutDebt: null,
  wrongNumberAt: null,
  rnd: { answer: 'no', at: '2026-11-30T17:00:00Z' },
  lastInboundAt: null,
  work: false,
  employerObjected: false,
  verifiedAt: '2026-11-01T17:00:00Z',
};

export const calmEmail: EmailFacts = {
  id: 'e1',
  address: null,
  employerProvided: false,
  source: 'consumer',
  noticeOptOutEndsOn: null,
  readByOthers: false,
  consumerWroteFromAt: null,
  esignConsent: true,
  optedOutAt: null,
};

export const calmContent: MessageContent = {
  optOutText: true,
  marketing: false,
  debtFacts: false,
  asksScope: false,
  asksConsentOnly: true,
  limitedContentOnly: false,
  miniMiranda: true,
  threatensSuit: false,
  rushesDispute: false,
  publicShortener: false,
  showsBalance: false,
  identifiesCaller: true,
  recordingNotice: true,
  asksDisputedPart: false,
  outsideMarks: false,
  modifiedForm: true,
  amounts: 'match-ledger',
  author: 'template',
};

export const calmEvent: ContactEvent = {
  at: NOON,
  direction: 'out',
  channel: 'call',
  outcome: null,
  purpose: 'collection',
  debt: 'A',
  numberKind: 'personal',
  consented: false,
};

export const event = (over: Partial<ContactEvent>): ContactEvent => ({ ...calmEvent, ...over });
export const phone = (over: Partial<PhoneFacts>): PhoneFacts => ({ ...calmPhone, ...over });
export const email = (over: Partial<EmailFacts>): EmailFacts => ({ ...calmEmail, ...over });
export const place = (state: string | null, zone: string | null, city: string | null = null) => ({ state, zone, city });

export function calmFacts(over: Partial<GateFacts> = {}): GateFacts {
  return {
    mode: 'first-party',
    licence: 'held',
    product: 'auto',
    daysPastDue: 20,
    principalResidence: false,
    coreDataAsOf: '2026-12-01T16:00:00Z',
    expectedFileLate: null,
    paymentPostedAt: null,
    mailing: place('GA', 'America/New_York'),
    residence: null,
    phones: [calmPhone],
    emails: [calmEmail],
    statedLocation: null,
    inconvenient: [],
    timeConsent: null,
    callConsent: null,
    history: [],
    electronicConsent: { sms: true, email: true },
    mediumBans: [],
    senderRegistered: true,
    smsProgramApproved: false,
    bankruptcy: null,
    deceased: null,
    attorney: null,
    cease: null,
    identityTheft: null,
    litigation: null,
    complaintOpen: null,
    selfHarm: null,
    disaster: null,
    promise: null,
    validation: null,
    validationDueBy: null,
    limitationExpired: false,
    dispute: null,
    servicingTransfer: null,
    cure: null,
    scra: null,
    repoRecheckedAt: null,
    uccSaleNotice: null,
    insuranceOnlyDefault: false,
    dueOn: null,
    smallServicer: false,
    performingUnderPlan: false,
    lossMitigationPending: false,
    breachNotice: null,
    setoffAgreement: null,
    insuranceFindings: [],
    debitFindings: [],
    fee: null,
    furnishing: null,
    lineSuspension: null,
    lienRelease: null,
    ...over,
  };
}

export type ContactOver = Partial<Omit<ContactRequest, 'content'>> & { content?: Partial<MessageContent> };

export function contactRequest(over: ContactOver = {}): ContactRequest {
  return {
    action: 'contact',
    at: NOON,
    channel: 'sms',
    purpose: 'collection',
    notice: null,
    party: 'borrower',
    debt: 'A',
    phone: 'p1',
    email: 'e1',
    numberKind: 'personal',
    ...over,
    content: { ...calmContent, ...over.content },
  };
}

/** The core snapshot is an hour old at whatever instant is asked about, unless the facts say otherwise. */
function fresh(at: string, facts: Partial<GateFacts>): GateFacts {
  return calmFacts({ coreDataAsOf: new Date(Date.parse(at) - 3_600_000).toISOString(), ...facts });
}

export function askContact(
  over: ContactOver = {},
  facts: Partial<GateFacts> = {},
  ruleset: Ruleset = shippedRuleset,
): GateDecision {
  const request = contactRequest(over);
  return evaluateGate(request, fresh(request.at, facts), ruleset);
}

export function askRemedy(
  over: Partial<RemedyRequest>,
  facts: Partial<GateFacts> = {},
  ruleset: Ruleset = shippedRuleset,
): GateDecision {
  const request: RemedyRequest = { action: 'repossess', at: NOON, debt: 'A', ...over };
  return evaluateGate(request, fresh(request.at, facts), ruleset);
}

/** `decision rule`, or `decision rule @ instant`; `allow` alone. What most tests look at. */
export function brief(answer: GateDecision): string {
  if (answer.decision === 'allow') return 'allow';
  const at = answer.nextAllowedAt === null ? '' : ` @ ${answer.nextAllowedAt}`;
  return `${answer.decision} ${answer.primaryRule}${at}`;
}

export const rulesOf = (answer: GateDecision): string[] => answer.reasons.map((r) => r.rule);
