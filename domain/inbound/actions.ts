import type { Action, Label } from './labels.ts';
import type { AttorneyRead, BankruptcyStage, InboundContext } from './classification.ts';

/** What the labels need to become actions. */
export interface ActionFacts {
  readonly labels: readonly Label[];
  readonly context: InboundContext;
  readonly bankruptcy: BankruptcyStage | null;
  readonly attorney: AttorneyRead | null;
  readonly executor: boolean;
  readonly debitScope: 'series' | 'one-item' | null;
  readonly collateralLossOnly: boolean;
  readonly promiseStored: boolean;
  readonly promiseAmount: number | null;
  readonly promiseNear: boolean;
  readonly holdSms: boolean;
  readonly page: boolean;
  readonly leadingStop: boolean;
}

const LEGAL_STOPS: readonly Label[] = [
  'self-harm',
  'bankruptcy',
  'deceased',
  'attorney',
  'identity-theft',
  'cease',
  'opt-out',
  'wrong-number',
];

/** Whether the one neutral confirmation goes: never with self-harm or death, never a second time for the same number. */
export function confirmsOptOut(
  labels: readonly Label[],
  context: Pick<InboundContext, 'channel' | 'smsStopped'>,
): boolean {
  if (!labels.includes('opt-out') || labels.includes('self-harm') || labels.includes('deceased')) return false;
  return context.channel === 'email' || !context.smsStopped;
}

/** Labels and context to the actions of contracts/inbound-labels.md, each once, in a fixed order. */
export function actionsOf(facts: ActionFacts): readonly Action[] {
  const out = new Set<Action>();
  const legalStop = facts.labels.some((label) => LEGAL_STOPS.includes(label));
  for (const label of facts.labels) for (const action of forLabel(label, facts, legalStop)) out.add(action);
  if (facts.labels.includes('human-review')) out.add('route-human');
  if (facts.holdSms) out.add('hold-sms');
  if (facts.page) out.add('page-human-now');
  if (facts.promiseNear && !facts.promiseStored) out.add('no-promise-stored');
  if (facts.leadingStop && facts.context.channel === 'sms' && !facts.labels.includes('opt-out'))
    out.add('check-carrier-block');
  if (facts.labels.length === 1 && facts.labels[0] === 'human-review') out.add('no-state-change');
  return [...out];
}

function forLabel(label: Label, facts: ActionFacts, legalStop: boolean): readonly Action[] {
  switch (label) {
    case 'self-harm': {
      return ['page-human-now', 'stop-automation', 'route-human'];
    }
    case 'bankruptcy': {
      if (facts.bankruptcy === 'contemplated') return ['hold-5-business-days', 'route-human'];
      return ['deny-all', 'check-docket', ...(facts.bankruptcy === 'past' ? (['route-human'] as const) : [])];
    }
    case 'deceased': {
      return ['deny-all', 'route-human', ...(facts.executor ? (['record-executor'] as const) : [])];
    }
    case 'attorney': {
      const known = facts.attorney?.name !== null && facts.attorney?.name !== undefined;
      const reachable = facts.attorney?.phone !== null && facts.attorney?.phone !== undefined;
      const record: readonly Action[] = known || reachable ? ['record-attorney'] : [];
      const ask: readonly Action[] = known && reachable ? [] : ['ask-attorney-name-once', 'route-human'];
      return ['deny-direct', ...record, ...ask];
    }
    case 'identity-theft': {
      return ['hold-all', 'open-dispute', 'route-human'];
    }
    case 'cease': {
      return ['stop-all', 'stop-calls'];
    }
    case 'wrong-number': {
      return ['bar-number'];
    }
    case 'opt-out': {
      return [
        'stop-sms',
        'stop-prerecorded',
        ...(confirmsOptOut(facts.labels, facts.context) ? (['confirm-opt-out'] as const) : []),
      ];
    }
    case 'email-stop': {
      return [];
    }
    case 'call-stop': {
      return ['stop-calls'];
    }
    case 'work-contact': {
      return ['bar-work', 'route-human', 'check-carrier-block'];
    }
    case 'inconvenient-time': {
      return ['set-quiet-time'];
    }
    case 'servicemember': {
      return ['lock-remedies', 'check-military-status'];
    }
    case 'legal-threat': {
      return ['litigation-hold', 'route-human'];
    }
    case 'dispute': {
      const ceases = facts.context.mode === 'third-party' && facts.context.inValidationPeriod;
      return ['open-dispute', ...(ceases ? (['cease-until-verified'] as const) : [])];
    }
    case 'autopay-cancel': {
      return facts.debitScope === 'one-item' ? ['route-human'] : ['cancel-autopay', 'route-human'];
    }
    case 'hardship': {
      return ['pause-5-business-days', 'route-human', ...(legalStop ? [] : (['send-contact-line'] as const))];
    }
    case 'insurance': {
      return facts.collateralLossOnly ? ['route-human'] : ['record-evidence'];
    }
    case 'paid-already': {
      return ['hold-2-banking-days', 'check-ledger'];
    }
    case 'promise': {
      return legalStop || facts.promiseAmount === null ? [] : ['confirm-promise'];
    }
    case 'opt-in': {
      return ['resume-sms', 'record-consent'];
    }
    case 'help': {
      return ['send-help'];
    }
    case 'language-es': {
      // Contract, Boundaries: with these two the language governs only the reply.
      return facts.labels.includes('wrong-number') || facts.labels.includes('deceased') ? [] : ['set-language-es'];
    }
    case 'human-review': {
      return [];
    }
  }
}
