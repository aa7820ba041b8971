import { evaluatePrepared, prepareFacts } from '../../domain/gate/index.ts';
import type { ContactRequest, GateFacts, MessageContent, Ruleset } from '../../domain/gate/index.ts';
import { feedLate } from '../feed.ts';
import { loadGateFacts } from '../gate-facts.ts';
import type { Pool } from '../pool.ts';

export const CHANNELS = ['sms', 'call', 'email', 'letter'] as const;
export type ReachChannel = (typeof CHANNELS)[number];

export interface ChannelReach {
  allowed: number;
  refused: number;
  /** The rule that refuses first, and for how many people. */
  byRule: Record<string, number>;
  /** Facts that are missing or unknown, and how many people the gate refuses for lack of each. */
  lacking: Record<string, number>;
}

export interface GateReach {
  /** People behind past-due accounts, and how many of them were judged (the first by number, up to the limit). */
  people: number;
  judged: number;
  channels: Record<ReachChannel, ChannelReach>;
}

// A message with nothing wrong in it: what is left is what the facts say.
const CLEAN: MessageContent = {
  optOutText: true, marketing: false, debtFacts: false, asksScope: false, asksConsentOnly: false, limitedContentOnly: true, miniMiranda: true,
  threatensSuit: false, rushesDispute: false, publicShortener: false, showsBalance: false, identifiesCaller: true, recordingNotice: true,
  asksDisputedPart: false, outsideMarks: false, modifiedForm: false, amounts: 'none', author: 'template',
}; // prettier-ignore

/**
 * Asks the gate itself about everybody behind a past-due account, by each channel: allowed, or refused by which rule and for
 * lack of which fact. Hours, caps and holidays pass by themselves and do not count.
 */
export async function reach(
  pool: Pool,
  about: { nowMs: number; ruleset: Ruleset; limit?: number },
): Promise<GateReach> {
  const { rows } = await pool.query<{ person_id: string; loan_id: string; total: number }>(
    `select person_id, loan_id, count(*) over ()::int as total from (
       select distinct on (r.person_id) r.person_id, l.id as loan_id, p.customer_number
       from loan l join loan_role r on r.loan_id = l.id and r.role in ('borrower', 'co-borrower', 'cosigner', 'guarantor') join person p on p.id = r.person_id
       where l.status = 'active' and l.past_due_cents > 0 order by r.person_id, l.loan_number) b
     order by customer_number limit $1`,
    [about.limit ?? 1_000],
  );
  const empty = (): ChannelReach => ({ allowed: 0, refused: 0, byRule: {}, lacking: {} });
  const channels = { sms: empty(), call: empty(), email: empty(), letter: empty() };
  const late = await feedLate(pool, about.nowMs);
  for (const row of rows) {
    const facts = await loadGateFacts(pool, {
      personId: row.person_id,
      loanId: row.loan_id,
      nowMs: about.nowMs,
      feedLate: late,
    });
    for (const channel of CHANNELS) note(channels[channel], judge(facts, { channel, loanId: row.loan_id, ...about }));
  }
  return { people: rows[0]?.total ?? 0, judged: rows.length, channels };
}

/** null: allowed, now or when the hour comes. */
export type Answer = { rule: string; words: string; field: string | null } | null;

/** What the gate says of a plain servicing message by a channel, hours and caps aside. */
export function judge(
  facts: GateFacts,
  about: { channel: ReachChannel; loanId: string; nowMs: number; ruleset: Ruleset },
): Answer {
  const phones = facts.phones ?? [];
  // The number that is most likely to be allowed stands for all: mobile and with consent first.
  const best = phones.toSorted((a, b) => worth(b) - worth(a))[0] ?? null;
  const phone = about.channel === 'call' || about.channel === 'sms' ? best : null;
  const email =
    about.channel === 'email'
      ? (facts.emails.toSorted((a, b) => Number(b.source === 'consumer') - Number(a.source === 'consumer'))[0] ?? null)
      : null;
  if ((about.channel === 'call' || about.channel === 'sms') && phone === null)
    return { rule: 'no-address', words: 'No telephone number is on file.', field: 'phones' };
  if (about.channel === 'email' && email === null)
    return { rule: 'no-address', words: 'No e-mail address is on file.', field: 'emails' };
  const request: ContactRequest = {
    action: 'contact', at: new Date(about.nowMs).toISOString(), channel: about.channel, purpose: 'collection', notice: null, party: 'borrower',
    debt: about.loanId, phone: phone?.id ?? null, email: email?.id ?? null, numberKind: phone?.work === true ? 'other' : 'personal', content: CLEAN,
  }; // prettier-ignore
  const prepared = prepareFacts(facts);
  if (!prepared.ok)
    return {
      rule: 'input-missing',
      words: 'A fact that the rules need is not on file.',
      field: prepared.problems[0]?.field ?? null,
    };
  const answer = evaluatePrepared(request, prepared.prepared, about.ruleset);
  if (answer.decision === 'allow' || answer.decision === 'defer-until') return null;
  const first = answer.reasons.find((reason) => reason.rule === answer.primaryRule);
  const asksConsent = answer.reasons.some(({ rule }) => rule === 'tcpa-consent' || rule === 'sms-procedures');
  if (asksConsent && phone?.consent === null)
    return { rule: answer.primaryRule ?? 'unknown', words: first?.words ?? '', field: 'phones.sms_consent' };
  return {
    rule: answer.primaryRule ?? 'unknown',
    words: first?.words ?? '',
    field: first?.field ?? LACKS[answer.primaryRule ?? ''] ?? null,
  };
}

function worth(phone: NonNullable<GateFacts['phones']>[number]): number {
  return (phone.kind === 'mobile' ? 4 : 0) + (phone.consent?.by === 'consumer' ? 2 : 0) + (phone.optedOutAt === null && phone.wrongNumberAt === null && !phone.work ? 8 : 0); // prettier-ignore
}

/** Rules that refuse because a fact is not on file, and the column of the file that would bring it. */
const LACKS: Readonly<Record<string, string>> = {
  'tcpa-consent': 'phones.sms_consent',
  'sms-procedures': 'phones.sms_consent_on',
  'email-procedures': 'emails.source',
  'work-email': 'emails.source',
  'esign-consent': 'emails.esign_consent_on',
  'dc-electronic': 'contact_consent (asked for here)',
  'nyc-dcwp': 'contact_consent (asked for here)',
  rnd: 'phones.sms_consent_on',
};

function note(channel: ChannelReach, answer: Answer): void {
  if (answer === null) {
    channel.allowed += 1;
    return;
  }
  channel.refused += 1;
  channel.byRule[answer.rule] = (channel.byRule[answer.rule] ?? 0) + 1;
  if (answer.field !== null) channel.lacking[answer.field] = (channel.lacking[answer.field] ?? 0) + 1;
}
