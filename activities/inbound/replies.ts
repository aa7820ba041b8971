import type { Classification } from '../../domain/inbound/classification.ts';
import type { Effect } from '../../domain/inbound/effects.ts';
import { bodyHashOf } from '../../channels/text-messenger.ts';
import type { InboundSubject } from '../../prisma/inbound-effects.ts';
import type { Client } from '../../prisma/pool.ts';
import { writeSend } from '../../prisma/sends.ts';
import { findTemplate } from '../../templates/catalog.ts';
import { renderTemplate } from '../../templates/render.ts';
import { displayPhone, languageFor } from '../contact/wording.ts';
import type { ActivityDeps } from '../deps.ts';

type Reply = Extract<Effect, { kind: 'reply' }>;

/** Prepares the answers to a message; they go through the gate when they are claimed. Strangers get none. */
export async function prepareReplies(
  deps: Pick<ActivityDeps, 'lender'>,
  client: Client,
  about: { subject: InboundSubject; effects: readonly Reply[]; inboxId: number; read: Classification },
): Promise<void> {
  const { subject } = about;
  const personId = subject.personIds[0];
  if (personId === undefined) return;
  for (const reply of about.effects) {
    const template =
      subject.channel === 'email' && reply.template === 'opt-out-confirmation'
        ? 'mail-stop-confirmation'
        : reply.template;
    if (findTemplate(template, subject.channel) === undefined) continue;
    const { rows } = await client.query<{ first_name: string }>('select first_name from person where id = $1', [
      personId,
    ]);
    const language = await languageFor(client, reply.language);
    const rendered = renderTemplate(template, subject.channel, language, {
      firstName: rows[0]?.first_name ?? '',
      lenderName: deps.lender.name,
      lenderPhone: displayPhone(deps.lender.phone),
      lenderEmail: deps.lender.email,
      openingHours: deps.lender.openingHours,
      stopLink: `${deps.lender.publicUrl}/stop`,
      promiseDate: about.read.promise === null ? '' : spoken(about.read.promise.on, language),
    });
    await writeSend(
      client,
      {
        sendKey: `inbox/${about.inboxId}/${template}`,
        channel: subject.channel,
        purpose: purposeOf(reply),
        personId,
        caseId: null,
        addressId: subject.addressId,
        to: subject.fromValue,
        template,
        templateVersion: rendered.version,
        language,
        subject: rendered.subject,
        body: rendered.text,
        bodyHash: bodyHashOf(rendered.text),
        decidedAtMs: subject.nowMs,
        decisionId: null,
        zones: [],
        stateCode: null,
        mode: 'on',
        items: [],
      },
      { status: 'prepared', settleAfterMs: 0 },
    );
  }
}

function purposeOf(reply: Reply): 'opt-out-confirmation' | 'help-reply' | 'reply' {
  switch (reply.template) {
    case 'opt-out-confirmation':
      return 'opt-out-confirmation';
    case 'help':
      return 'help-reply';
    case 'promise-confirmation':
    case 'contact-line':
    case 'opt-in-confirmation':
    case 'wrong-number':
      return 'reply';
  }
}

/** `2026-12-04` as "Friday, December 4". */
export function spoken(date: string, language: 'en' | 'es'): string {
  return new Date(`${date}T12:00:00Z`).toLocaleDateString(language === 'es' ? 'es-US' : 'en-US', {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });
}
