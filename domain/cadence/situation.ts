import { dayNumber, fromDayNumber, type LocalDate } from '../calendar/days.ts';
import { wallAt } from '../calendar/zones.ts';
import type { CaseFacts, ImportedContact, StepDone } from './facts.ts';
import type { Channel, Policy } from './policy.ts';
import { hoursOf, type Hours } from './window.ts';

/** Something done under a family, on a local day. */
export type Done = {
  readonly day: number;
  readonly occurrence: string;
  readonly outcome: StepDone['outcome'];
  readonly channel: Channel | null;
};

/** The facts of a case read once for one planning: days as numbers, history by family. */
export type Situation = {
  readonly facts: CaseFacts;
  readonly policy: Policy;
  readonly nowMs: number;
  readonly hours: Hours;
  readonly today: number;
  /** The day on which the case opened here: what belonged to days before it was never ours. */
  readonly joined: number | null;
  /** The oldest unpaid due date, as text and as a day. */
  readonly cycle: LocalDate;
  readonly due: number;
  readonly episodeOn: LocalDate;
  readonly episode: number;
  readonly done: ReadonlyMap<string, readonly Done[]>;
  readonly contacts: readonly (ImportedContact & { readonly day: number })[];
  /** The latest letter of a family mailed in this delinquency. */
  readonly mailed: ReadonlyMap<string, { readonly mailedOn: LocalDate; readonly deliveredOn: LocalDate | null }>;
};

const NOTHING: readonly Done[] = [];

/** `cycle` must be the known oldest unpaid due date. */
export function situationOf(facts: CaseFacts, policy: Policy, nowMs: number, cycle: LocalDate): Situation {
  const hours = hoursOf(facts.person);
  const episodeOn = facts.episodeStartedOn === null || facts.episodeStartedOn > cycle ? cycle : facts.episodeStartedOn;
  return {
    facts,
    policy,
    nowMs,
    hours,
    today: wallAt(nowMs, hours.zone).day,
    joined: facts.caseOpenedOn === null ? null : dayNumber(facts.caseOpenedOn),
    cycle,
    due: dayNumber(cycle),
    episodeOn,
    episode: dayNumber(episodeOn),
    done: doneByFamily(facts, hours.zone, nowMs),
    contacts: facts.importedContacts
      .filter((contact) => contact.atMs <= nowMs)
      .map((contact) => ({ ...contact, day: wallAt(contact.atMs, hours.zone).day })),
    mailed: latestMailed(facts, episodeOn),
  };
}

function doneByFamily(facts: CaseFacts, zone: string, nowMs: number): Map<string, Done[]> {
  const byFamily = new Map<string, Done[]>();
  for (const { family, occurrence, outcome, channel, atMs } of facts.stepsDone) {
    if (atMs > nowMs) continue;
    const done = { day: wallAt(atMs, zone).day, occurrence, outcome, channel };
    const known = byFamily.get(family);
    if (known === undefined) byFamily.set(family, [done]);
    else known.push(done);
  }
  return byFamily;
}

function latestMailed(facts: CaseFacts, episodeOn: LocalDate): Situation['mailed'] {
  const latest = new Map<string, { mailedOn: LocalDate; deliveredOn: LocalDate | null }>();
  for (const { family, mailedOn, deliveredOn } of facts.lettersMailed) {
    if (mailedOn < episodeOn) continue;
    const known = latest.get(family);
    if (known === undefined || mailedOn > known.mailedOn) latest.set(family, { mailedOn, deliveredOn });
    else if (mailedOn === known.mailedOn && deliveredOn !== null) {
      const earlier = known.deliveredOn === null || deliveredOn < known.deliveredOn;
      if (earlier) latest.set(family, { mailedOn, deliveredOn });
    }
  }
  return latest;
}

export function doneUnder(situation: Situation, family: string): readonly Done[] {
  return situation.done.get(family) ?? NOTHING;
}

/** The step took place or is in hand: it is not repeated in its occurrence. */
export function isTaken(done: Done): boolean {
  return done.outcome !== 'skipped' && done.outcome !== 'refused';
}

export function dateOf(day: number): LocalDate {
  return fromDayNumber(day);
}
