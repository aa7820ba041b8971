import type { GateFacts, PhoneFacts, Place } from '../../domain/gate/index.ts';
import { isoOf, msOf } from '../../domain/gate/shape.ts';
import type { GateCase } from './gate-case-schema.ts';

/** The person's places, numbers, addresses and history of an outside case, with the schema's defaults. */

const DAY_MS = 86_400_000;

export function contactOf(c: GateCase) {
  const { facts } = c;
  const mailing = placeOf(facts.mailing ?? { state: null, zone: null });
  const phones = facts.phones === undefined ? [{ id: 'p1' }] : facts.phones;
  return {
    mailing,
    residence: facts.residence === undefined ? null : placeOf(facts.residence),
    phones: phones === null ? null : phones.map((phone) => phoneOf(phone, mailing, c)),
    emails: (facts.emails ?? [{ id: 'e1' }]).map(emailOf),
    statedLocation: facts.statedLocation ?? null,
    inconvenient: (facts.inconvenient ?? []).map((span) => ({
      ...span,
      days: span.days ?? null,
      channels: span.channels ?? null,
    })),
    timeConsent: facts.timeConsent ? { ...facts.timeConsent, recordedAt: facts.timeConsent.recordedAt ?? null } : null,
    callConsent: facts.callConsent ? { ...facts.callConsent, on: facts.callConsent.on ?? null } : null,
    history: (facts.history ?? []).map((event) => ({
      at: event.at,
      direction: event.direction ?? 'out',
      channel: event.channel,
      outcome: event.outcome ?? null,
      purpose: event.purpose ?? 'collection',
      debt: event.debt ?? 'A',
      numberKind: event.numberKind ?? 'personal',
      consented: event.consented ?? false,
    })),
    electronicConsent: { sms: facts.electronicConsent?.sms ?? true, email: facts.electronicConsent?.email ?? true },
    mediumBans: (facts.mediumBans ?? []).map((channel) => ({ channel, at: null })),
    senderRegistered: facts.senderRegistered ?? true,
    smsProgramApproved: facts.smsProgramApproved ?? false,
  };
}

type CasePlace = NonNullable<GateCase['facts']['mailing']>;
type CasePhone = NonNullable<GateCase['facts']['phones']>[number];
type CaseEmail = NonNullable<GateCase['facts']['emails']>[number];

function placeOf({ state, zone, city }: CasePlace): Place {
  return { state: state === null ? null : state.toUpperCase(), zone, city: city ?? null };
}

function phoneOf(phone: CasePhone, mailing: Place, c: GateCase): PhoneFacts {
  const { asOf } = c;
  // the default verification must not lift a wrong-number report, so it is older than one
  const verifiedAt =
    phone.wrongNumberAt === undefined ? before(asOf, 30 * DAY_MS) : before(phone.wrongNumberAt, DAY_MS);
  return {
    id: phone.id,
    kind: phone.kind ?? 'mobile',
    zones: phone.zones ?? (mailing.zone === null ? [] : [mailing.zone]),
    states: [],
    // an undated consent stays of unknown age: it lifts no STOP and renews no number (unknown facts fail closed)
    consent: phone.consent === null ? null : { by: phone.consent?.by ?? 'consumer', at: phone.consent?.at ?? null },
    optedOutAt: stopInForce(phone, c),
    optedOutDebt: phone.optedOutDebt ?? null,
    wrongNumberAt: phone.wrongNumberAt ?? null,
    rnd: phone.rnd === undefined ? { answer: 'no', at: before(asOf, DAY_MS) } : phone.rnd,
    lastInboundAt: phone.lastInboundAt ?? null,
    work: phone.work ?? false,
    employerObjected: phone.employerObjected ?? false,
    verifiedAt: phone.verifiedAt === undefined ? verifiedAt : phone.verifiedAt,
  };
}

/**
 * The gate's facts hold the first STOP since consent, a case may name a later one. What was confirmed before, with no
 * consent since, was the first: a second STOP gets no second confirmation (inbound-labels.md).
 */
function stopInForce({ optedOutAt, consent }: CasePhone, { request, facts }: GateCase): string | null {
  if (optedOutAt === undefined || request.purpose !== 'opt-out-confirmation') return optedOutAt ?? null;
  const consentedAt = consent?.at ?? null;
  const confirmed = (facts.history ?? [])
    .filter((e) => e.purpose === 'opt-out-confirmation' && (e.direction ?? 'out') === 'out')
    .map((e) => e.at)
    .filter((at) => msOf(at) < msOf(optedOutAt) && (consentedAt === null || msOf(at) > msOf(consentedAt)))
    .toSorted((a, b) => msOf(a) - msOf(b));
  return confirmed[0] ?? optedOutAt;
}

function emailOf(email: CaseEmail): GateFacts['emails'][number] {
  return {
    id: email.id,
    address: email.address ?? null,
    employerProvided: email.employerProvided ?? false,
    source: 'consumer',
    noticeOptOutEndsOn: null,
    readByOthers: false,
    consumerWroteFromAt: email.consumerWroteFromAt ?? null,
    esignConsent: email.esignConsent ?? true,
    optedOutAt: email.optedOutAt ?? null,
  };
}

/** The instant `ms` before another. */
export function before(instant: string, ms: number): string {
  return isoOf(msOf(instant) - ms);
}
