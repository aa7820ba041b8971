import { isSameZone } from '../calendar/zones.ts';
import type { ContactEvent, GateFacts } from './facts.ts';
import { factsShape } from './facts-shape.ts';
import { msOf, type Problem } from './shape.ts';

/** One history row with its instant as a number. */
export type PreparedEvent = ContactEvent & { atMs: number };

/** Facts whose per-facts work is done: checked, history sorted, zones and states joined. Judge many requests with one. */
export type PreparedFacts = {
  facts: GateFacts;
  /** Oldest first. */
  events: readonly PreparedEvent[];
  /** The zone set of places and phones; empty when nothing is known (rules.md §0.2). */
  zones: readonly string[];
  states: ReadonlySet<string>;
  cities: ReadonlySet<string>;
};

/** Either prepared facts, or every field that is missing or malformed. */
export type Preparation = { ok: true; prepared: PreparedFacts } | { ok: false; problems: readonly Problem[] };

/** Where every state and city overlay applies: any of mailing, residence and phone location (rules.md §1.9). */
function overlayStates(facts: GateFacts): ReadonlySet<string> {
  const places = [facts.mailing.state, facts.residence?.state ?? null].filter((state) => state !== null);
  return new Set([...places, ...(facts.phones ?? []).flatMap((phone) => phone.states)]);
}

/**
 * Zones of the places on file, and for each phone those of its area code; an area code of several zones is refined
 * by a place that lies in one of them (928 spans Phoenix and the Navajo Nation's Denver time).
 */
export function zoneSet(facts: GateFacts): readonly string[] {
  const places = [facts.mailing.zone, facts.residence?.zone ?? null].filter((zone) => zone !== null);
  const set = new Set(places);
  for (const phone of facts.phones ?? []) {
    const refined = places.filter((place) => phone.zones.some((zone) => isSameZone(zone, place)));
    for (const zone of refined.length > 0 ? refined : phone.zones) set.add(zone);
  }
  return [...set];
}

/** Checks the facts and does the work that every request on them shares. Total: bad facts give problems, never a throw. */
export function prepareFacts(facts: GateFacts): Preparation {
  const problems: Problem[] = [];
  factsShape(facts, '', problems);
  if (problems.length > 0) return { ok: false, problems };
  const events = facts.history.map((event) => ({ ...event, atMs: msOf(event.at) })).toSorted((a, b) => a.atMs - b.atMs);
  const cities = [facts.mailing.city, facts.residence?.city ?? null].filter((city) => city !== null);
  return {
    ok: true,
    prepared: { facts, events, zones: zoneSet(facts), states: overlayStates(facts), cities: new Set(cities) },
  };
}
