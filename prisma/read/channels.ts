import type { ChannelNow } from '../../api/schemas/cases.ts';
import type { ContactRequest, GateFacts } from '../../domain/gate/index.ts';
import { evaluateGate, shippedRuleset } from '../../domain/gate/index.ts';
import { plainContent } from '../../templates/content.ts';
import { feedLate } from '../feed.ts';
import { loadGateFacts } from '../gate-facts.ts';
import type { Pool } from '../pool.ts';
import { isObligor } from '../roles.ts';
import { read } from './prepared.ts';
import { readReasons } from './reasons.ts';

const SHOWN = ['sms', 'call', 'email', 'letter'] as const;
const WEEK_MS = 7 * 86_400_000;

/**
 * May we write or call now, and if not, when next and why not: the gate itself is asked, with the facts of this moment and
 * a plain servicing message. Nothing is stored: looking is not contacting. A send is judged again inside its claim.
 */
export async function channelsNow(pool: Pool, loanId: string, nowMs: number): Promise<ChannelNow[]> {
  const people = await read<{ person_id: string; role: string }>(
    pool,
    'select person_id, role from loan_role where loan_id = $1 order by (role = $2) desc, person_id',
    [loanId, 'borrower'],
  );
  const late = await feedLate(pool, nowMs);
  const answers: ChannelNow[] = [];
  for (const { person_id: personId, role } of people) {
    if (!isObligor(role)) continue;
    const facts = await loadGateFacts(pool, { personId, loanId, nowMs, feedLate: late });
    for (const channel of SHOWN) answers.push(channelNow(facts, { personId, loanId, channel, nowMs }));
  }
  return answers;
}

function channelNow(
  facts: GateFacts,
  about: { personId: string; loanId: string; channel: (typeof SHOWN)[number]; nowMs: number },
): ChannelNow {
  const { channel } = about;
  const phones = facts.phones ?? [];
  const phone = channel === 'sms' ? phones.find((each) => each.kind === 'mobile') : phones[0];
  const request: ContactRequest = {
    action: 'contact',
    at: new Date(about.nowMs).toISOString(),
    channel,
    purpose: 'collection',
    notice: null,
    party: 'borrower',
    debt: about.loanId,
    phone: channel === 'sms' || channel === 'call' ? (phone?.id ?? null) : null,
    email: channel === 'email' ? (facts.emails[0]?.id ?? null) : null,
    numberKind: 'personal',
    content: { ...plainContent, recordingNotice: true },
  };
  if ((channel === 'sms' || channel === 'call') && request.phone === null) return nowhere(about);
  if (channel === 'email' && request.email === null) return nowhere(about);
  const gate = evaluateGate(request, facts, shippedRuleset);
  return {
    personId: about.personId,
    channel,
    decision: gate.decision,
    reasons: readReasons(gate.reasons),
    nextAllowedAt: gate.nextAllowedAt === null ? null : new Date(gate.nextAllowedAt).toISOString(),
    budget: budget(facts, about),
  };
}

/** No number or mailbox of that kind is on file: no rule forbids it, there is nowhere to send. */
function nowhere(about: { personId: string; channel: (typeof SHOWN)[number] }): ChannelNow {
  return {
    personId: about.personId,
    channel: about.channel,
    decision: 'deny',
    reasons: [
      {
        rule: 'no-address',
        words:
          about.channel === 'email'
            ? 'No e-mail address is on file.'
            : about.channel === 'sms'
              ? 'No mobile number is on file.'
              : 'No telephone number is on file.',
        citation: null,
        kind: 'policy',
        severity: 'deny',
        until: null,
      },
    ],
    nextAllowedAt: null,
    budget: null,
  };
}

function budget(
  facts: GateFacts,
  about: { loanId: string; channel: (typeof SHOWN)[number]; nowMs: number },
): ChannelNow['budget'] {
  const { channel } = about;
  if (channel === 'letter') return null;
  const counted = facts.history.filter(
    (event) =>
      event.direction === 'out' &&
      about.nowMs - Date.parse(event.at) < WEEK_MS &&
      (event.purpose === 'collection' || event.purpose === 'consent-request' || event.purpose === 'promise-reminder') &&
      (channel === 'call'
        ? event.channel !== 'sms' &&
          event.channel !== 'email' &&
          event.channel !== 'letter' &&
          event.debt === about.loanId &&
          event.outcome !== 'not-connected' &&
          !event.consented
        : event.channel === channel),
  ).length;
  const { textsPer7Days, emailsPer7Days } = shippedRuleset.settings;
  const of = channel === 'sms' ? textsPer7Days : channel === 'email' ? emailsPer7Days : 7;
  return { channel, used: counted, of, windowHours: 168 };
}
