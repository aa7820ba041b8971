import type { CallOutcome, CallResult } from '../api/schemas/calls.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import { businessNow } from './business-clock.ts';
import { decideHold, storeHold } from './holds.ts';
import type { HoldRefusal } from './holds.ts';
import { lockForContact, lockObligors } from './locks.ts';
import { writeNote } from './notes.ts';
import { newsForPersons } from './outbox.ts';
import { one } from './pool.ts';
import type { Client } from './pool.ts';
import { decidePromise, storePromise } from './promises.ts';
import type { PromiseRefusal } from './promises.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';
import { endItem, lockItem, markStep } from './work.ts';

/** What the caps count a call as (gate vocabulary). Only the person themselves makes a conversation (1006.14(b)(2)(i)(B)). */
const COUNTED_AS: Readonly<Record<CallResult, 'conversation' | 'voicemail' | 'no-answer' | 'not-connected'>> = {
  spoke: 'conversation',
  'hung-up': 'conversation',
  'left-voicemail': 'voicemail',
  'no-answer': 'no-answer',
  'third-party-answered': 'no-answer',
  'wrong-number': 'no-answer',
  busy: 'not-connected',
  'not-in-service': 'not-connected',
};

export interface LoggedCall {
  kind: 'logged';
  contactId: string;
  promiseId: string | null;
  promiseState: string | null;
  holdId: string | null;
}

type CallRefusal =
  | Refusal<'not-found' | 'item-not-open' | 'item-leased-by-other' | 'item-not-a-call' | 'instant-past'>
  | PromiseRefusal
  | HoldRefusal;

/**
 * Ends a call task with all that came of it. Promise and hold are decided before anything is written, so that a refusal of
 * either leaves the whole outcome to be corrected.
 */
export async function logCall(
  client: Client,
  input: { itemId: string; outcome: CallOutcome; actor: string; lenderZone: string },
): Promise<LoggedCall | CallRefusal> {
  const { outcome, actor, lenderZone } = input;
  const locked = await lockItem(client, input.itemId, actor);
  if (locked.kind === 'refused') return locked;
  const { item } = locked;
  if (item.kind !== 'call' || item.loan_id === null) return refused('item-not-a-call');
  const loanId = item.loan_id;
  const address = await phoneOf(client, outcome.personId ?? item.person_id, outcome.phone);
  if (address !== null) await lockForContact(client, { addressIds: [address.id], personIds: [] });
  const obligors = await lockObligors(client, loanId);
  const personId = outcome.personId ?? item.person_id ?? obligors[0] ?? null;
  if (personId === null || !obligors.includes(personId))
    return refused('not-found', 'That person is not on this loan.');

  const nowMs = await businessNow(client);
  const atMs = outcome.at === undefined ? nowMs : Date.parse(outcome.at);
  if (atMs > nowMs) return refused('instant-past', 'A call cannot have been placed later than now.');
  const promise =
    outcome.promise === undefined
      ? null
      : await decidePromise(client, { ...outcome.promise, loanId, personId, source: 'call', actor, lenderZone });
  if (promise?.kind === 'refused') return promise;
  const hold =
    outcome.hold === undefined
      ? null
      : await decideHold(client, {
          loanId,
          wholePersonId: null,
          reason: outcome.hold.reason,
          reviewOn: outcome.hold.reviewOn,
          untilOn: undefined,
          note: outcome.hold.note,
          source: 'call',
          actor,
          lenderZone,
        });
  if (hold?.kind === 'refused') return hold;

  const contactId = await storeContact(client, {
    loanId,
    personId,
    address: address?.value ?? null,
    atMs,
    outcome,
    actor,
    itemId: item.id,
  });
  if (address !== null) await markAddress(client, address.id, outcome, atMs);
  if (outcome.agreedToCall !== undefined) {
    await client.query(
      `insert into contact_consent (person_id, loan_id, kind, channel, on_date, recorded_at, actor) values ($1, $2, 'call', 'call', $3, to_timestamp($4::double precision / 1000), $5)`,
      [personId, loanId, outcome.agreedToCall.on, atMs, actor],
    );
    await recordEvent(client, {
      kind: 'call-consented',
      atMs,
      actor,
      loanId,
      personId,
      caseId: item.case_id,
      data: { on: outcome.agreedToCall.on },
    });
  }
  await recordEvent(client, {
    kind: 'call-logged',
    atMs,
    actor,
    loanId,
    personId,
    caseId: item.case_id,
    data: {
      itemId: item.id,
      contactId,
      result: outcome.result,
      verified: outcome.verified,
      reasonForDefault: outcome.reasonForDefault,
      nextAction: outcome.nextAction,
      nextActionOn: outcome.nextActionOn,
    },
  });
  if (outcome.note !== undefined) {
    await writeNote(client, {
      loanId,
      personId,
      text: outcome.note,
      actionCode: 'CALL',
      resultCode: undefined,
      pinned: false,
      actor,
    });
  }
  await endItem(client, item, { state: 'done', outcome: outcome.result, actor, atMs: nowMs, record: false });
  await markStep(client, item, 'done', { result: outcome.result, contactId });
  const made = promise === null ? null : await storePromise(client, promise);
  const placed = hold === null ? null : await storeHold(client, hold);
  await newsForPersons(client, [personId]);
  return {
    kind: 'logged',
    contactId,
    promiseId: made?.id ?? null,
    promiseState: made?.state ?? null,
    holdId: placed?.id ?? null,
  };
}

/** The number that was called: the one named, else the person's only one. */
async function phoneOf(
  client: Client,
  personId: string | null,
  phone: string | undefined,
): Promise<{ id: string; value: string } | null> {
  if (personId === null) return null;
  const { rows } = await client.query<{ id: string; value: string }>(
    `select a.id, a.value from person_address pa join address a on a.id = pa.address_id
     where pa.person_id = $1 and a.kind = 'phone' and ($2::text is null or a.value = $2) order by pa.rank, a.value limit 2`,
    [personId, phone ?? null],
  );
  return phone !== undefined || rows.length === 1 ? (rows[0] ?? null) : null;
}

interface PlacedCall {
  loanId: string;
  personId: string;
  address: string | null;
  atMs: number;
  outcome: CallOutcome;
  actor: string;
  itemId: string;
}

/** The call as the caps count it. One placed under the person's own wish for a call is not counted (1006.14(b)(3)(i)). */
async function storeContact(client: Client, call: PlacedCall): Promise<string> {
  const inbound = call.outcome.verified === 'called-us';
  const { rows: zone } = await client.query<{ zone: string | null }>(
    'select mailing_zone as zone from person where id = $1',
    [call.personId],
  );
  const { rows } = await client.query<{ id: string }>(
    `insert into contact (at, person_id, loan_ids, channel, direction, purpose, outcome, consented, address, source, source_key, actor)
     values (to_timestamp($1::double precision / 1000), $2, array[$3::uuid], 'call', $4, 'collection', $5,
       exists (select 1 from contact_consent where person_id = $2 and kind = 'call' and withdrawn_at is null and (loan_id is null or loan_id = $3)
         and recorded_at <= to_timestamp($1::double precision / 1000) and recorded_at > to_timestamp($1::double precision / 1000) - interval '7 days'
         and (on_date is null or on_date = $6::date)),
       $7, 'staff', $8, $9) returning id`,
    [
      call.atMs,
      call.personId,
      call.loanId,
      inbound ? 'in' : 'out',
      COUNTED_AS[call.outcome.result],
      localDateAt(call.atMs, zone[0]?.zone ?? 'America/New_York'),
      call.address,
      `item/${call.itemId}`,
      call.actor,
    ],
  );
  return one(rows).id;
}

/** What a call teaches about the number: verified, not theirs, or leading nowhere. */
async function markAddress(client: Client, addressId: string, outcome: CallOutcome, atMs: number): Promise<void> {
  const at = `to_timestamp($2::double precision / 1000)`;
  switch (outcome.result) {
    case 'wrong-number':
      await client.query(
        `update address set wrong_number_at = coalesce(wrong_number_at, ${at}), verified_at = null where id = $1`,
        [addressId, atMs],
      );
      return;
    case 'not-in-service':
      await client.query(
        `update address set bad_since = coalesce(bad_since, ${at}), bad_reason = 'not in service' where id = $1`,
        [addressId, atMs],
      );
      return;
    case 'spoke':
      if (outcome.verified === 'not-verified') return;
      await client.query(`update address set verified_at = ${at}, bad_since = null, bad_reason = null where id = $1`, [
        addressId,
        atMs,
      ]);
      return;
    case 'left-voicemail':
    case 'no-answer':
    case 'busy':
    case 'third-party-answered':
    case 'hung-up':
      return;
  }
}
