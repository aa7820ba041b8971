import type { z } from 'zod';
import type { GateFacts, GateRequest, MessageContent, Ruleset } from '../../domain/gate/index.ts';
import { shippedRuleset } from '../../domain/gate/index.ts';
import { before, contactOf } from './gate-case-contact.ts';
import { type GateCase, gateCaseSchema } from './gate-case-schema.ts';

/**
 * Outside cases of the gate (contract gate-cases.md): an absent field takes the schema's default, chosen so that
 * nothing stands against contact. These defaults live here and nowhere else.
 */

const HOUR_MS = 3_600_000;

export type GateQuestion = { id: string; request: GateRequest; facts: GateFacts; ruleset: Ruleset };
export type ReadCase = { ok: true; question: GateQuestion } | { ok: false; id: string | null; error: string };

/** Reads one line: a question, or an error that names the field. Never throws. */
export function readGateCase(line: string): ReadCase {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { ok: false, id: null, error: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = gateCaseSchema.safeParse(value);
  if (!parsed.success) return { ok: false, id: idOf(value), error: namedErrors(parsed.error) };
  return { ok: true, question: questionOf(parsed.data) };
}

function idOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  return typeof value.id === 'string' ? value.id : null;
}

function namedErrors(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.map(String).join('.') || 'case'}: ${issue.message}`).join('; ');
}

function questionOf(c: GateCase): GateQuestion {
  const emailWindowFirstParty = c.config?.emailWindowFirstParty ?? shippedRuleset.settings.emailWindowFirstParty;
  return {
    id: c.id,
    request: requestOf(c),
    facts: factsOf(c),
    ruleset: { ...shippedRuleset, settings: { ...shippedRuleset.settings, emailWindowFirstParty } },
  };
}

function requestOf(c: GateCase): GateRequest {
  const { action, channel, purpose, notice, party, debt, phone, email, numberKind, content } = c.request;
  if (action !== 'contact') return { action, at: c.asOf, debt: debt ?? 'A' };
  return {
    action,
    at: c.asOf,
    channel: channel ?? 'letter', // the schema has refused a contact without one
    purpose: purpose ?? 'collection',
    notice: notice ?? null,
    party: party ?? 'borrower',
    debt: debt ?? 'A',
    phone: phone ?? 'p1',
    email: email ?? 'e1',
    numberKind: numberKind ?? 'personal',
    content: { ...harmlessContent, ...given(content ?? {}) },
  };
}

const harmlessContent: MessageContent = {
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

type CaseContent = NonNullable<GateCase['request']['content']>;

/** The fields that the case names, without those it leaves undefined. */
function given(content: CaseContent): Partial<MessageContent> {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}

function factsOf(c: GateCase): GateFacts {
  return { ...accountOf(c), ...contactOf(c), ...stopsOf(c), ...remediesOf(c), ...nothingElseStands };
}

/** What the cases do not speak of, as it is when nothing stands against contact. */
const nothingElseStands = {
  licence: 'held',
  expectedFileLate: null,
  validationDueBy: null,
  dispute: null,
  servicingTransfer: null,
  lossMitigationPending: false,
  breachNotice: null,
  setoffAgreement: null,
  insuranceFindings: null,
  debitFindings: null,
  fee: null,
  furnishing: null,
  lineSuspension: null,
  lienRelease: null,
} as const satisfies Partial<GateFacts>;

function accountOf({ facts, asOf }: GateCase) {
  return {
    mode: facts.mode === undefined ? 'first-party' : facts.mode,
    product: facts.product ?? 'auto',
    daysPastDue: facts.daysPastDue ?? 20,
    principalResidence: facts.principalResidence ?? false,
    coreDataAsOf: facts.coreDataAsOf === undefined ? before(asOf, HOUR_MS) : facts.coreDataAsOf,
    paymentPostedAt: facts.paymentPostedAt ?? null,
  } as const;
}

function stopsOf({ facts }: GateCase) {
  const { bankruptcy, deceased, attorney, cease, identityTheft, validation } = facts;
  return {
    bankruptcy: bankruptcy ? { ...bankruptcy, reaffirmed: false } : null,
    deceased: deceased ? { at: deceased.at, executorNamed: deceased.executorNamed ?? false } : null,
    attorney: attorney
      ? { since: attorney.since, writtenNotice: attorney.writtenNotice ?? false, silentSince: null }
      : null,
    cease: cease ? { at: cease.at, writing: cease.writing ?? true } : null,
    identityTheft: identityTheft ? { at: identityTheft.at, report: identityTheft.report ?? false } : null,
    litigation: facts.litigation ?? null,
    complaintOpen: facts.complaintOpen ?? null,
    selfHarm: facts.selfHarm ?? null,
    disaster: facts.disaster ?? null,
    promise: facts.promise ?? null,
    validation: validation
      ? {
          ...validation,
          writtenDisputeAt: validation.writtenDisputeAt ?? null,
          verificationSentOn: validation.verificationSentOn ?? null,
        }
      : null,
    limitationExpired: facts.limitationExpired ?? false,
  };
}

function remediesOf({ facts }: GateCase) {
  const { cure, scra, uccSaleNotice } = facts;
  return {
    cure: cure
      ? {
          state: cure.state.toUpperCase(),
          defaultOn: cure.defaultOn,
          noticeMailedOn: cure.noticeMailedOn ?? null,
          defective: cure.defective ?? false,
          cosigners: cure.cosigners ?? 0,
          cosignersNotified: cure.cosignersNotified ?? 0,
          excused: null,
        }
      : null,
    scra: scra
      ? {
          searchedOn: scra.searchedOn,
          covered: scra.covered,
          obligationOn: scra.obligationOn ?? null,
          serviceStart: scra.serviceStart ?? null,
          serviceEnd: scra.serviceEnd ?? null,
          waiverOrOrder: false,
        }
      : null,
    repoRecheckedAt: facts.repoRecheckedAt ?? null,
    uccSaleNotice: uccSaleNotice
      ? { mailedOn: uccSaleNotice.mailedOn, complete: uccSaleNotice.complete ?? true }
      : null,
    insuranceOnlyDefault: facts.insuranceOnlyDefault ?? false,
    dueOn: facts.dueOn ?? null,
    smallServicer: facts.smallServicer ?? false,
    performingUnderPlan: facts.performingUnderPlan ?? false,
  };
}
