import type { Client } from './pool.ts';
import type { Effect } from '../domain/inbound/effects.ts';
import { addBusinessDays } from '../domain/calendar/days.ts';
import type { InboundSubject } from './inbound-effects.ts';

const TITLES: Readonly<Record<Extract<Effect, { kind: 'open-item' }>['item'], string>> = {
  'human-review': 'Read and label this reply',
  'self-harm': 'Call now: the borrower may harm themselves',
  threat: 'Call now: a threat in a reply',
  'docket-search': 'Search the bankruptcy docket',
  'bankruptcy-plan': 'Talk about a bankruptcy not yet filed',
  deceased: 'Handle a reported death',
  'attorney-details': 'Ask once for the attorney’s name and number',
  'identity-theft': 'Investigate an identity-theft claim',
  dispute: 'Answer a dispute',
  litigation: 'Hand a threat of suit to counsel',
  'military-search': 'Search military status',
  'ledger-check': 'Check the ledger for a payment',
  'autopay-cancel': 'Confirm that automatic debits are cancelled',
  hardship: 'Talk about hardship',
  'insurance-proof': 'Read proof of insurance',
  'work-contact': 'Check that work contacts are barred',
  'quiet-time': 'Confirm quiet hours',
  'carrier-block': 'Check whether the carrier blocked the number',
  'named-number': 'Find the other number that asked for a stop',
};

/** Opens the person's work that a reply asks for; a page is urgent and due at once. */
export async function openInboundItem(
  client: Client,
  subject: InboundSubject,
  effect: Extract<Effect, { kind: 'open-item' }>,
): Promise<void> {
  const dueOn = addBusinessDays(subject.today, Math.max(effect.dueBusinessDays, 0));
  await client.query(
    `insert into work_item (kind, title, person_id, loan_id, case_id, detail, urgent, due_at, requested_by, created_at, actor)
     select $2, $3, $4, $5, (select id from collection_case where loan_id = $5 and status = 'open'), $6, $7,
            case when $7 then to_timestamp($1::double precision / 1000) else ($8::date + time '22:00') at time zone 'UTC' end,
            'reply', to_timestamp($1::double precision / 1000), 'borrower'`,
    [
      subject.nowMs,
      effect.item === 'dispute' ? 'dispute' : 'reply',
      TITLES[effect.item],
      subject.personIds[0] ?? null,
      subject.loanIds[0] ?? null,
      JSON.stringify({ item: effect.item, messageId: subject.messageId, reasons: effect.reasons }),
      effect.page,
      dueOn,
    ],
  );
}
