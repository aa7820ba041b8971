import type { RuleClass } from './rule.ts';

/**
 * gate-cases.md, "Which rule is primary": by class, then in the order of its table, which is that of rules.md.
 * Each list is one class, P0 to P8.
 */
export const ORDER: readonly (readonly string[])[] = [
  ['input-missing', 'data-stale', 'licence'],
  [
    'bankruptcy-stay',
    'bankruptcy-codebtor',
    'bankruptcy-discharge',
    'deceased',
    'identity-theft',
    'litigation-hold',
    'attorney',
    'wv-attorney',
    'fl-attorney',
    'cease-all',
    'dispute-cease',
    'transfer-60',
    'self-harm-signal',
    'disaster-hold',
    'ptp-hold',
  ],
  [
    ...['cure-gate', 'cure-setoff-me', 'cosigner-copy', 'repo-recheck', 'scra-check'],
    ...['ucc-notice-consumer', 'ucc-notice-time', 'foreclosure-120', 'foreclosure-performing', 'lossmit-clock'],
    ...['fpi-basis', 'fpi-first', 'fpi-reminder', 'fpi-evidence', 'fpi-charge', 'fpi-cancel', 'fpi-renew'],
    ...['fpi-escrow', 'fpi-fees', 'flood-force', 'flood-refund', 'cpi-auto-basis', 'cpi-auto-default', 'cpi-tx'],
    ...['heloc-fpi', 'cpi-repo-lock', 'heloc-suspend-notice'],
    ...['ach-auth-ppd', 'ach-auth-web', 'ach-auth-tel', 'ach-no-force', 'ach-vary-10', 'ach-stop', 'ach-reinit'],
    ...['ach-highcost', 'ach-return-fee', 'return-codes'],
    ...['setoff-card', 'setoff-any', 'breach-30'],
    ...['no-pyramiding', 'fee-convenience', 'furnish-wait', 'lien-goodfunds'],
  ],
  [
    ...['third-party-disclosure', 'work-place', 'nh-358c', 'work-email', 'social-media', 'medium-ban'],
    ...['revoke-any-means', 'revoke-scope', 'optout-confirm', 'help-reply', 'sender-registered'],
    ...['carrier-third-party', 'rnd', 'wrong-number'],
  ],
  [
    ...['tcpa-consent', 'sms-procedures', 'email-procedures', 'esign-consent', 'esign-excluded', 'tcpa-prerecorded'],
    ...['ny-23nycrr1', 'nyc-dcwp', 'dc-electronic'],
  ],
  [
    ...['marketing-mix', 'optout-notice', 'limited-content', 'mini-miranda', 'overshadow', 'time-barred'],
    ...['sms-privacy', 'identity-call', 'call-recording', 'validation', 'disclosures-keepable', 'envelope'],
    ...['dispute-firstparty', 'ei-cease', 'ei-bankruptcy', 'dc-electronic', 'udaap-content', 'ai-text'],
  ],
  ['complaint-open'],
  [
    ...['calls-7in7', 'calls-after-talk', 'contact-volume', 'ma-2in7', 'ma-2in7-t', 'nyc-dcwp', 'dc-calls'],
    ...['dc-electronic', 'wa-3week', 'wv-caps', 'ny-23nycrr1'],
  ],
  [
    ...['window-hours', 'zone-conflict', 'ma-hours', 'fl-hours', 'ca-rosenthal', 'pa-fceua', 'wv-caps', 'nc-75'],
    ...['time-place-designated', 'policy-holiday'],
  ],
];

const places = new Map(ORDER.flatMap((ids, rank) => ids.map((id, i) => [`${rank}:${id}`, rank * 1000 + i] as const)));

/** Where a rule stands in its class; one that the table does not name comes last in it. */
export function placeOf(rule: string, ruleClass: RuleClass): number {
  return places.get(`${ruleClass}:${rule}`) ?? ruleClass * 1000 + 999;
}
