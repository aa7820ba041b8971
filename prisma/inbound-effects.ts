import type { Client } from './pool.ts';
import type { Effect, HoldEnd } from '../domain/inbound/effects.ts';
import { addBankingDays, addBusinessDays, addDays } from '../domain/calendar/days.ts';
import type { LocalDate } from '../domain/calendar/days.ts';
import { openInboundItem } from './inbound-items.ts';
import { recordInboundPromise } from './inbound-promises.ts';

/** Whom and what an inbound message is about, resolved once; every effect of the message is applied in one transaction. */
export interface InboundSubject {
  messageId: string;
  nowMs: number;
  today: LocalDate;
  channel: 'sms' | 'email';
  fromValue: string;
  addressId: string;
  personIds: readonly string[];
  loanIds: readonly string[];
  text: string;
}

const ACTOR = 'borrower';
const AT = 'to_timestamp($1::double precision / 1000)';

/** Writes one effect. Restrictive effects never depend on who is known: a stop from a stranger binds the number. */
export async function applyEffect(client: Client, subject: InboundSubject, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'stop-address':
      return stopAddress(client, subject, effect);
    case 'ban-medium':
      return banMedium(client, subject, effect);
    case 'bar-number':
      return eachAddress(client, subject, {
        scope: effect.address,
        set: `wrong_number_at = coalesce(wrong_number_at, ${AT}), verified_at = null`,
      });
    case 'bar-work':
      await client.query(
        `update person_address set employer_objected = true where person_id = any($1::uuid[]) and type = 'work'`,
        [subject.personIds],
      );
      return;
    case 'resume-sms':
      await client.query(`update address set opted_in_at = ${AT}, opted_out_at = null where id = $2`, [
        subject.nowMs,
        subject.addressId,
      ]);
      return;
    case 'record-consent':
      await client.query(
        `update person_address set consent_by = 'consumer', consent_at = ${AT}, consent_source = 'text' where address_id = $2`,
        [subject.nowMs, subject.addressId],
      );
      return;
    case 'legal-stop':
      return legalStop(client, subject, effect.stop, {});
    case 'place-hold':
      return placeHold(client, subject, effect);
    case 'record-promise':
      return recordInboundPromise(client, subject, effect);
    case 'record-attorney':
      await client.query(
        `update legal_stop set detail = detail || $2 where kind = 'attorney' and lifted_at is null and person_id = any($1::uuid[])`,
        [subject.personIds, JSON.stringify({ name: effect.name, phone: effect.phone })],
      );
      return;
    case 'record-executor':
      await client.query(
        `update legal_stop set detail = detail || '{"executorSaidBy": "reply"}' where kind = 'deceased' and lifted_at is null and person_id = any($1::uuid[])`,
        [subject.personIds],
      );
      return;
    case 'record-evidence':
      return timeline(client, subject, 'insurance-evidence-received', {
        receivedAt: new Date(effect.receivedAtMs).toISOString(),
      });
    case 'cancel-debit':
      if (effect.scope === 'series') {
        await client.query('update loan set autopay = false, next_draft_on = null where id = any($1::uuid[])', [
          subject.loanIds,
        ]);
      }
      return timeline(client, subject, 'debit-cancel-asked', { scope: effect.scope });
    case 'open-dispute':
      await legalStop(client, subject, effect.ceaseUntilVerified ? 'dispute-validation' : 'dispute', {});
      return;
    case 'quiet-time':
      return quietTime(client, subject, effect.quietTime);
    case 'set-language':
      await client.query('update person set language = $2 where id = any($1::uuid[])', [
        subject.personIds,
        effect.language,
      ]);
      return;
    case 'open-item':
      return openInboundItem(client, subject, effect);
    case 'freeze-deletion':
    case 'stop-automation':
      return timeline(client, subject, effect.kind, {});
    case 'recall-queued':
      return recallQueued(client, subject, effect.channels);
    case 'reply':
      // Replies are prepared by the processor, which knows the templates; nothing to record here.
      return;
  }
}

async function stopAddress(
  client: Client,
  subject: InboundSubject,
  effect: Extract<Effect, { kind: 'stop-address' }>,
): Promise<void> {
  if (effect.channel === 'prerecorded') {
    return banMedium(client, subject, { kind: 'ban-medium', medium: 'prerecorded-call', reason: effect.reason });
  }
  const set = `opted_out_at = coalesce(opted_out_at, ${AT}), opted_out_source = 'reply', opted_in_at = null`;
  await eachAddress(client, subject, {
    scope: effect.address,
    set,
    kind: effect.channel === 'email' ? 'mailbox' : 'phone',
  });
}

async function eachAddress(
  client: Client,
  subject: InboundSubject,
  change: { scope: Extract<Effect, { kind: 'bar-number' }>['address']; set: string; kind?: 'phone' | 'mailbox' },
): Promise<void> {
  const { scope, set } = change;
  const kind = change.kind ?? (subject.channel === 'sms' ? 'phone' : 'mailbox');
  const params: unknown[] = [subject.nowMs];
  switch (scope.kind) {
    case 'sender':
      await client.query(`update address set ${set} where id = $2`, [...params, subject.addressId]);
      return;
    case 'named':
      await client.query(
        `insert into address (kind, value, actor) values ($1, $2, '${ACTOR}') on conflict do nothing`,
        [kind, scope.number],
      );
      await client.query(`update address set ${set} where kind = $2 and value = $3`, [...params, kind, scope.number]);
      return;
    case 'all-of-sender':
      await client.query(
        `update address set ${set} where kind = $2 and (id = $4 or id in (select address_id from person_address where person_id = any($3::uuid[])))`,
        [...params, kind, subject.personIds, subject.addressId],
      );
      return;
  }
}

async function banMedium(
  client: Client,
  subject: InboundSubject,
  effect: { kind: 'ban-medium'; medium: 'call' | 'email' | 'sms' | 'all' | 'prerecorded-call'; reason: string },
): Promise<void> {
  const media =
    effect.medium === 'all' ? ['sms', 'call', 'prerecorded-call', 'voicemail', 'email', 'letter'] : [effect.medium];
  await client.query(
    `insert into medium_ban (person_id, medium, at, source, actor)
     select p, m, ${AT}, $4, '${ACTOR}' from unnest($2::uuid[]) p cross join unnest($3::text[]) m
     where not exists (select 1 from medium_ban b where b.person_id = p and b.medium = m and b.lifted_at is null)`,
    [subject.nowMs, subject.personIds, media, `reply: ${effect.reason}`],
  );
}

async function legalStop(
  client: Client,
  subject: InboundSubject,
  kind: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await client.query(
    `insert into legal_stop (person_id, kind, at, detail, source, actor)
     select p, $3, ${AT}, $4, 'reply', '${ACTOR}' from unnest($2::uuid[]) p
     where not exists (select 1 from legal_stop s where s.person_id = p and s.kind = $3 and s.lifted_at is null)`,
    [subject.nowMs, subject.personIds, kind, JSON.stringify({ ...detail, messageId: subject.messageId })],
  );
}

async function placeHold(
  client: Client,
  subject: InboundSubject,
  effect: Extract<Effect, { kind: 'place-hold' }>,
): Promise<void> {
  const reason = effect.end.kind === 'until-labelled' ? 'reply-review' : effect.hold;
  await client.query(
    `insert into hold (person_id, address_id, reason, scope, source, placed_at, review_on, until_on, actor)
     select p, $3, $4, $5, 'reply ' || $8, ${AT}, $6, $7, '${ACTOR}' from unnest($2::uuid[]) p`,
    [
      subject.nowMs,
      subject.personIds,
      effect.scope === 'sms' ? subject.addressId : null,
      reason,
      effect.scope,
      addDays(subject.today, effect.reviewInDays),
      lastHeldDay(subject.today, effect.end),
      subject.messageId,
    ],
  );
  if (effect.scope === 'sms') {
    await client.query(`update address set review_hold_since = coalesce(review_hold_since, ${AT}) where id = $2`, [
      subject.nowMs,
      subject.addressId,
    ]);
  }
}

function lastHeldDay(today: LocalDate, end: HoldEnd): LocalDate | null {
  switch (end.kind) {
    case 'until-labelled':
    case 'until-reviewed':
      return null;
    case 'business-days':
      return addBusinessDays(today, end.count);
    case 'banking-days':
      return addBankingDays(today, end.count);
  }
}

async function quietTime(
  client: Client,
  subject: InboundSubject,
  quiet: Extract<Effect, { kind: 'quiet-time' }>['quietTime'],
): Promise<void> {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  for (const window of quiet.windows) {
    await client.query(
      `insert into quiet_time (person_id, from_local, to_local, days, channels, at, until_on, actor)
       select p, $3, $4, $5, $6, ${AT}, $7, '${ACTOR}' from unnest($2::uuid[]) p`,
      [
        subject.nowMs,
        subject.personIds,
        window.from,
        window.to,
        (window.days ?? []).map((day) => days[day - 1]),
        quiet.channels ?? [],
        quiet.untilOn,
      ],
    );
  }
}

async function recallQueued(client: Client, subject: InboundSubject, channels: readonly string[]): Promise<void> {
  await client.query(
    `update send set status = 'recalled', recalled_because = $3
     where person_id = any($1::uuid[]) and channel = any($2::text[]) and status in ('prepared', 'approved') and purpose not in ('opt-out-confirmation', 'help-reply')`,
    [subject.personIds, channels, `reply ${subject.messageId}`],
  );
}

async function timeline(
  client: Client,
  subject: InboundSubject,
  kind: string,
  data: Record<string, unknown>,
): Promise<void> {
  await client.query(
    `insert into event (at, kind, loan_id, data, actor) select ${AT}, $2, l, $4, '${ACTOR}' from unnest($3::uuid[]) l`,
    [subject.nowMs, kind, subject.loanIds, JSON.stringify(data)],
  );
}
