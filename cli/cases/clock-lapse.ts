import type { Coverage, InsuredProduct, LapseFacts, Mailing, Proof } from '../../domain/clocks/lapse-facts.ts';
import { isVehicle } from '../../domain/clocks/lapse-facts.ts';
import type { CaseLoan } from './clock-case.ts';
import { type CaseEvent, eventsOf } from './clock-events.ts';
import { CaseError } from './clock-moments.ts';

type EventOf<K extends CaseEvent['kind']> = Extract<CaseEvent, { kind: K }>;

/** Mail classes that are first class or better (1024.37(f)); a class that is not named is taken as first class. */
const FIRST_CLASS = new Set(['first-class', 'certified', 'registered', 'priority', 'priority-express', 'express']);

/** Whether a letter in this class satisfies 1024.37(f). */
export function isFirstClass(mailClass: string | undefined): boolean {
  return mailClass === undefined || FIRST_CLASS.has(mailClass);
}

function productOf(loan: CaseLoan, ask: string): InsuredProduct {
  switch (loan.product) {
    case 'mortgage':
    case 'heloc':
    case 'commercial-mortgage':
    case 'auto':
    case 'auto-title':
      return loan.product;
    case 'rv':
    case 'boat':
      return 'auto'; // "vehicle, RV, boat" share the cpi-* rows
    default:
      throw new CaseError(`loan.product: ${ask} needs one of mortgage, heloc, commercial-mortgage, auto, auto-title`);
  }
}

function proofOf(event: EventOf<'evidence-received'>): Proof {
  const coversFrom = event.coversFrom ?? null;
  const base = { order: event.order, receivedOn: event.day, coversFrom };
  if (event.paidInGracePeriodWithoutLapse === true || event.continuous === true)
    return { ...base, shows: event.readable === false ? 'unreadable' : 'continuous' };
  const readable = event.readable !== false && (event.continuous === false || coversFrom !== null);
  return { ...base, shows: readable ? 'gap' : 'unreadable' };
}

/** Events that outlast a lapse file. */
const LASTING = new Set<CaseEvent['kind']>(['stop-received', 'bankruptcy-filed', 'message-received', 'default']);

/** Events of the lapse that is open now: a lapse found after proof had closed the last one begins a new file. */
function currentFile(events: readonly CaseEvent[]): readonly CaseEvent[] {
  let start = 0;
  let proven = false;
  events.forEach((event, index) => {
    if (event.kind === 'evidence-received') proven ||= event.continuous === true;
    else if (event.kind === 'flood-confirmation-received') proven = true;
    else if (proven && (event.kind === 'lapse-found' || event.kind === 'flood-cover-missing')) {
      start = index;
      proven = false;
    }
  });
  return events.filter(({ kind }, index) => index >= start || LASTING.has(kind));
}

function lapseOnOf(events: readonly CaseEvent[]): string | null {
  const found = eventsOf(events, 'lapse-found').findLast(({ coverage }) => coverage !== 'flood');
  const verified = eventsOf(events, 'lapse-verified').at(-1);
  return found?.lapseOn ?? verified?.lapseOn ?? found?.day ?? verified?.day ?? null;
}

function floodOf(events: readonly CaseEvent[]): LapseFacts['flood'] {
  const missing = eventsOf(events, 'flood-cover-missing').at(-1);
  const lapse = eventsOf(events, 'lapse-found').findLast(({ coverage }) => coverage === 'flood');
  const confirmed = eventsOf(events, 'flood-confirmation-received')[0];
  return {
    missingOn: lapse?.lapseOn ?? missing?.lapseOn ?? missing?.determinedOn ?? missing?.day ?? lapse?.day ?? null,
    noticeMailedOn: eventsOf(events, 'flood-notice-mailed')[0]?.day ?? null,
    confirmed: confirmed === undefined ? null : { on: confirmed.day, coversFrom: confirmed.coversFrom ?? null },
  };
}

function stoppedChannels(events: readonly CaseEvent[], smsStopped: boolean): ('sms' | 'email' | 'call')[] {
  const stopped = eventsOf(events, 'stop-received').flatMap(({ channel }): ('sms' | 'email' | 'call')[] => {
    if (channel === 'all') return ['sms', 'email', 'call'];
    return channel === 'phone' || channel === 'voice' ? ['call'] : [channel];
  });
  return smsStopped ? [...stopped, 'sms'] : stopped;
}

/** The facts of the insurance clocks from a case's loan and the events that have happened. `ask` names the question. */
export function lapseFacts(loan: CaseLoan, all: readonly CaseEvent[], smsStopped: boolean, ask: string): LapseFacts {
  const product = productOf(loan, ask);
  const events = currentFile(all);
  const flood = floodOf(events);
  const lapseOn = lapseOnOf(events);
  const floodOnly = flood.missingOn !== null && lapseOn === null;
  const defaultCoverage: Coverage = isVehicle(product) ? 'vehicle' : floodOnly ? 'flood' : 'hazard';
  const due = eventsOf(events, 'premium-due').at(-1);
  const cancelled = eventsOf(events, 'policy-cancelled').at(-1);
  const ended = eventsOf(events, 'forced-policy-ended').at(-1);
  const reason = cancelled?.reason ?? 'non-payment'; // an unknown reason is no exception to the escrow rule
  return {
    loan: {
      product,
      state: loan.state ?? null,
      escrowed: loan.escrowed ?? false,
      smallServicer: loan.smallServicer ?? false,
      forcedCheaperThanAdvance: loan.forcedCheaperThanAdvance ?? false,
      vacant: loan.vacant ?? false,
      floodZone: loan.floodZone ?? flood.missingOn !== null,
      cpiClause: loan.cpiClause ?? false,
      cpiNoticeAtOrigination: loan.cpiNoticeAtOrigination ?? false,
    },
    lapseOn,
    verifiedBy: eventsOf(events, 'lapse-verified').flatMap(({ by }) => by),
    mailings: eventsOf(events, 'notice-mailed').map(({ order, notice, day, mailClass, channel }): Mailing => ({
      order,
      notice,
      on: day,
      firstClass: isFirstClass(mailClass) && (channel === undefined || channel === 'letter'),
    })),
    produced: eventsOf(events, 'notice-produced').map(({ order, notice, day }) => ({ order, notice, on: day })),
    proofs: eventsOf(events, 'evidence-received').map(proofOf),
    unreadDocument: eventsOf(events, 'document-received').at(-1)?.read === false,
    charges: eventsOf(events, 'charge-posted').map(({ order, day, coverage, coversFrom, coversTo }) => ({
      order,
      postedOn: day,
      coverage:
        coverage === undefined
          ? defaultCoverage
          : coverage === 'flood'
            ? 'flood'
            : isVehicle(product)
              ? 'vehicle'
              : 'hazard',
      coversFrom: coversFrom ?? null,
      coversTo: coversTo ?? null,
    })),
    forcedEnded: ended === undefined ? null : { on: ended.day, replaced: ended.replaced },
    premiumDue: due === undefined ? null : { escrowShort: due.escrowShort },
    policyCancelled:
      cancelled === undefined
        ? null
        : {
            byInsurer: cancelled.by === undefined || /insur|carrier|company|underwriter/i.test(cancelled.by),
            nonPayment: /non[-_ ]?pay|unpaid|not[-_ ]paid/i.test(reason),
          },
    flood,
    bankruptcyFiledOn: eventsOf(events, 'bankruptcy-filed').at(-1)?.day ?? null,
    defaultOnlyUnpaid: eventsOf(events, 'default').at(-1)?.onlyUnpaid ?? null,
    stopped: stoppedChannels(events, smsStopped),
  };
}
