import { isDcCovered, isNycCovered } from './overlays.ts';
import type { PreparedEvent } from './prepare.ts';
import type { RulesetSettings } from './ruleset.ts';
import { HOUR_MS, isCall, isElectronic, type ContactSituation } from './situation.ts';
import type { Channel } from './vocabulary.ts';

/** One cap: so many counted contacts in a rolling span. Adding a state's cap is adding a row here and in the book. */
export type Cap = {
  rule: string;
  covers: (s: ContactSituation) => boolean;
  /** Channels of the request that the cap holds back, and of the history that it counts. */
  channels: (channel: Channel) => boolean;
  /** Narrows what is counted beyond channel and debt. */
  counts: (e: PreparedEvent, s: ContactSituation) => boolean;
  per: 'debt' | 'person';
  most: (settings: RulesetSettings) => number;
};

/** Every rolling week is 168 hours: an event counts while now − t0 < 168 h (rules.md §0.2). */
export const WEEK_MS = 168 * HOUR_MS;

const notLetter = (channel: Channel): boolean => channel !== 'letter';
const any = (): boolean => true;
const spokeWith = (e: PreparedEvent): boolean => e.outcome === 'conversation';
const inState = (state: string) => (s: ContactSituation) => s.prepared.states.has(state);
const thirdPartyIn = (state: string) => (s: ContactSituation) => s.thirdParty && s.prepared.states.has(state);

const consentedInDc = (s: ContactSituation): boolean =>
  isDcCovered(s) && (s.request.channel === 'sms' ? s.facts.electronicConsent.sms : s.facts.electronicConsent.email);

/** Rolling weekly caps, in the order of the rule table. Reg F, Massachusetts and daily caps have shapes of their own. */
export const WEEKLY_CAPS: readonly Cap[] = [
  // 6 RCNY 5-77, effective 2026-09-01; final number unconfirmed
  {
    rule: 'nyc-dcwp',
    covers: isNycCovered,
    channels: notLetter,
    counts: any,
    per: 'debt',
    most: (n) => n.nycTriesPer7Days,
  },
  // DC 28-3814: 4 in the act, 3 shipped
  { rule: 'dc-calls', covers: isDcCovered, channels: isCall, counts: any, per: 'debt', most: (n) => n.dcCallsPer7Days },
  // DC 28-3814: with consent 5 electronic messages of all types together
  { rule: 'dc-electronic', covers: consentedInDc, channels: isElectronic, counts: any, per: 'debt', most: () => 5 },
  // DC 28-3814: one consent-seeking message
  {
    rule: 'dc-electronic',
    covers: (s) => isDcCovered(s) && s.request.purpose === 'consent-request',
    channels: isElectronic,
    counts: (e) => e.purpose === 'consent-request',
    per: 'person',
    most: () => 1,
  },
  // RCW 19.16.250: 3 communications of any kind, letters too
  { rule: 'wa-3week', covers: thirdPartyIn('WA'), channels: any, counts: any, per: 'person', most: () => 3 },
  // WV 46A-2-125(d): more than 30 calls, or 10 conversations, a week
  { rule: 'wv-caps', covers: inState('WV'), channels: isCall, counts: any, per: 'debt', most: () => 30 },
  { rule: 'wv-caps', covers: inState('WV'), channels: isCall, counts: spokeWith, per: 'debt', most: () => 10 },
  // 23 NYCRR 1, the paused draft: 3 tries; its one talk is in frequency.ts
  {
    rule: 'ny-23nycrr1',
    covers: thirdPartyIn('NY'),
    channels: notLetter,
    counts: any,
    per: 'debt',
    most: (n) => n.nyTriesPer7Days,
  },
];
