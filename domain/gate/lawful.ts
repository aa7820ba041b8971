import type { RulesetSettings } from './ruleset.ts';

const seen = new WeakMap<RulesetSettings, RulesetSettings>();

/**
 * The settings with every number pulled back to the law's own limit: a mistake in a published ruleset can make the
 * gate stricter, never looser than the law.
 */
export function lawful(settings: RulesetSettings): RulesetSettings {
  const known = seen.get(settings);
  if (known !== undefined) return known;
  const made: RulesetSettings = {
    ...settings,
    opensAtSecond: atLeast(settings.opensAtSecond, 8 * 3600 + 1), // 1006.6(b)(1)(i); counsel: 08:00:00 itself is out
    closesAtSecond: atMost(settings.closesAtSecond, 21 * 3600), // same; 21:00:00 itself is out
    textsPerDay: whole(settings.textsPerDay),
    textsPer7Days: whole(settings.textsPer7Days),
    emailsPerDay: whole(settings.emailsPerDay),
    emailsPer7Days: whole(settings.emailsPer7Days),
    dcCallsPer7Days: atMost(whole(settings.dcCallsPer7Days), 4), // DC 28-3814
    nycTriesPer7Days: atMost(whole(settings.nycTriesPer7Days), 3), // 6 RCNY 5-77
    nyTriesPer7Days: whole(settings.nyTriesPer7Days),
    staleAfterHours: atLeast(settings.staleAfterHours, 0),
    rndGoodForDays: atMost(settings.rndGoodForDays, 45), // 64.1200(m): numbers age 45 days before reassignment
    disasterHoldDays: whole(settings.disasterHoldDays),
    saleNoticeDays: whole(settings.saleNoticeDays),
    cureMailGraceDays: whole(settings.cureMailGraceDays),
  };
  seen.set(settings, made);
  return made;
}

function atLeast(value: number, floor: number): number {
  return value >= floor ? value : floor; // NaN falls to the floor
}

function atMost(value: number, ceiling: number): number {
  return value <= ceiling ? value : ceiling;
}

function whole(value: number): number {
  return Number.isFinite(value) && value > 0 ? Math.floor(value) : 0;
}
