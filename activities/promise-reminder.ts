import { addDays, weekday } from '../domain/calendar/days.ts';
import { instantsOf } from '../domain/calendar/zones.ts';
import { bodyHashOf } from '../channels/text-messenger.ts';
import type { PlannedCase } from '../prisma/case-facts.ts';
import { lockForContact } from '../prisma/locks.ts';
import { inTransaction } from '../prisma/pool.ts';
import { writeSend } from '../prisma/sends.ts';
import { renderTemplate } from '../templates/render.ts';
import { destinationsOf } from './contact/addresses.ts';
import type { ActivityDeps } from './deps.ts';
import { spoken } from './inbound/replies.ts';

const REMIND_AT_SECOND = 11 * 3600;

interface Reminder {
  promiseId: string;
  dueOn: string;
  atMs: number;
}

/** The one reminder of an open promise: eleven in the morning of the day before; null when none is due any more. */
export async function nextReminder(
  deps: Pick<ActivityDeps, 'pool' | 'lender'>,
  planned: PlannedCase,
  nowMs: number,
): Promise<Reminder | null> {
  const { rows } = await deps.pool.query<{ id: string; due_on: string; made_at: Date }>(
    `select id, due_on, made_at from promise where loan_id = $1 and state = 'open' and reminded_at is null order by made_at desc limit 1`,
    [planned.loanId],
  );
  const [promise] = rows;
  if (promise === undefined) return null;
  const remindOn = addDays(promise.due_on, -1);
  // No contact on Sundays: a promise for Monday has no reminder.
  if (weekday(remindOn) === 7) return null;
  const [atMs] = instantsOf(remindOn, REMIND_AT_SECOND, planned.facts.person.zone ?? deps.lender.zone);
  const endMs = (atMs ?? 0) + 7 * 3_600_000;
  if (atMs === undefined || nowMs > endMs || promise.made_at.getTime() > atMs) return null;
  return { promiseId: promise.id, dueOn: promise.due_on, atMs };
}

/** Prepares the reminder when its time has come; it goes through the gate when it is claimed. Once, by its key. */
export async function remindOfPromise(
  deps: ActivityDeps,
  planned: PlannedCase,
  reminder: Reminder,
  nowMs: number,
): Promise<void> {
  const [phone] = await destinationsOf(deps.pool, planned.personId, 'sms');
  const [mailbox] = await destinationsOf(deps.pool, planned.personId, 'email');
  await inTransaction(deps.pool, async (client) => {
    await lockForContact(client, { personIds: [planned.personId] });
    const { rows } = await client.query<{ first_name: string; opted: boolean }>(
      `update promise set reminded_at = to_timestamp($2::double precision / 1000) from person
       where promise.id = $1 and promise.state = 'open' and promise.reminded_at is null and person.id = $3
       returning person.first_name, exists (select 1 from address a where a.id = $4 and (a.opted_out_at is not null or a.wrong_number_at is not null)) as opted`,
      [reminder.promiseId, nowMs, planned.personId, phone?.addressId ?? null],
    );
    const [row] = rows;
    if (row === undefined) return;
    const bySms = phone !== undefined && !row.opted;
    const destination = bySms ? phone : mailbox;
    if (destination === undefined) return;
    const channel = bySms ? 'sms' : 'email';
    const rendered = renderTemplate('promise-reminder', channel, 'en', {
      firstName: row.first_name,
      lenderName: deps.lender.name,
      lenderPhone: deps.lender.phone,
      stopLink: `${deps.lender.publicUrl}/stop`,
      promiseDate: spoken(reminder.dueOn, 'en'),
    });
    await writeSend(
      client,
      {
        sendKey: `promise/${reminder.promiseId}/reminder`,
        channel,
        purpose: 'promise-reminder',
        personId: planned.personId,
        caseId: planned.caseId,
        addressId: destination.addressId,
        to: destination.to,
        template: 'promise-reminder',
        templateVersion: rendered.version,
        language: 'en',
        subject: rendered.subject,
        body: rendered.text,
        bodyHash: bodyHashOf(rendered.text),
        decidedAtMs: nowMs,
        decisionId: null,
        zones: [],
        stateCode: null,
        mode: 'on',
        items: [],
      },
      { status: 'prepared', settleAfterMs: 0 },
    );
  });
}
