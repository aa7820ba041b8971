/**
 * What counsel and the bank may set. Law rows are not here: they cannot be switched off, and `lawful` pulls every
 * number back to the law's own limit before the rules see it.
 */
export type RulesetSettings = {
  /** Keep first-party email inside the window (bank policy; Florida law lets email go at any hour since 2025-05-16). */
  emailWindowFirstParty: boolean;
  /** The effective window in seconds of the local day: opening inclusive, closing exclusive. Legal limits 08:00 and 21:00. */
  opensAtSecond: number;
  closesAtSecond: number;
  textsPerDay: number;
  textsPer7Days: number;
  emailsPerDay: number;
  emailsPer7Days: number;
  /** DC 28-3814 allows 4; ships 3 (counsel's reading). */
  dcCallsPer7Days: number;
  /** 6 RCNY 5-77: final number unconfirmed; ships 2 (counsel's reading). */
  nycTriesPer7Days: number;
  /** 23 NYCRR 1, the paused draft: 3 tries (counsel's reading). */
  nyTriesPer7Days: number;
  /** Age of the core snapshot beyond which nothing goes out (bank policy). */
  staleAfterHours: number;
  /** A "no" of the reassigned-numbers database holds for so many days (bank policy). */
  rndGoodForDays: number;
  disasterHoldDays: number;
  /** Least days between the mailing of a sale notice and the sale (UCC 9-612 names no number for consumers). */
  saleNoticeDays: number;
  /** Days of mail added to a cure period before acting (counsel; Rhode Island has its own). */
  cureMailGraceDays: number;
};

/** Bank-policy rows that the bank may switch off. A row that is law in the mode at hand stays on whatever this says. */
export const SWITCHABLE_ROWS = [
  'zone-conflict',
  'time-place-designated',
  'cease-all',
  'medium-ban',
  'work-email',
  'calls-7in7',
  'calls-after-talk',
  'contact-volume',
  'policy-holiday',
  'complaint-open',
  'sms-privacy',
  'identity-call',
  'call-recording',
  'envelope',
  'optout-notice',
  'disaster-hold',
  'ptp-hold',
  'setoff-any',
  'cpi-repo-lock',
] as const;
export type SwitchableRow = (typeof SWITCHABLE_ROWS)[number];

export type Ruleset = {
  /** Stored with every decision. */
  version: string;
  settings: RulesetSettings;
  /** Bank-policy rows switched off by two people's publication. */
  off: readonly SwitchableRow[];
};

/** What ships: every bank-policy row on, counsel's defaults of rules.md §4. */
export const shippedRuleset: Ruleset = {
  version: '2026-11-23.1',
  settings: {
    emailWindowFirstParty: true,
    opensAtSecond: 8 * 3600 + 60,
    closesAtSecond: 21 * 3600 - 300,
    textsPerDay: 1,
    textsPer7Days: 3,
    emailsPerDay: 1,
    emailsPer7Days: 4,
    dcCallsPer7Days: 3,
    nycTriesPer7Days: 2,
    nyTriesPer7Days: 3,
    staleAfterHours: 26,
    rndGoodForDays: 30,
    disasterHoldDays: 30,
    saleNoticeDays: 15,
    cureMailGraceDays: 0,
  },
  off: [],
};
