import { formatCents } from '../../domain/money.ts';
import type { TimelineGroup } from '../../api/schemas/timeline.ts';

/** What an event is called, where it belongs, and what else there is to say. */
export interface Worded {
  group: TimelineGroup;
  title: string;
  detail: string | null;
}

type Data = Readonly<Record<string, unknown>>;
type Wording = readonly [
  group: TimelineGroup,
  title: string | ((data: Data) => string),
  detail?: (data: Data) => string | null,
];

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const cents = (value: unknown): string => (typeof value === 'number' ? formatCents(value) : 'an amount not named');
const joined = (...parts: (string | null)[]): string | null => {
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : said.join(' · ');
};
const labelled = (label: string, value: unknown): string | null => {
  const said = text(value);
  return said === null ? null : `${label} ${said}`;
};

const channels: Readonly<Record<string, string>> = { sms: 'Text', email: 'E-mail', letter: 'Letter', call: 'Call' };
const channel = (data: Data): string => channels[String(data['channel'])] ?? 'Message';
const because = (data: Data): string | null => text(data['because']) ?? text(data['reason']) ?? text(data['why']);

const answered = (value: unknown): string | null => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : text(value));
/** The fields of a stated fact, each by its name. */
const statedFact = (data: Data): string | null =>
  joined(
    ...Object.entries(data).map(([name, value]) => (name === 'fact' ? null : labelled(spoken(name), answered(value)))),
  );

/** Every kind of event that is written today. One that is not here is shown by its own name: nothing is hidden. */
const wordings: Readonly<Record<string, Wording>> = {
  'case-opened': ['case', 'Case opened'],
  'case-reopened': ['case', 'Case opened again where it stood'],
  'case-closed': ['case', (d) => `Case closed: ${text(d['reason']) ?? 'done'}`],
  'step-lapsed': [
    'case',
    (d) => `Step passed over: ${text(d['title']) ?? String(d['step'])}`,
    (d) => lapse(d['reason']),
  ],
  'step-refused': ['decision', (d) => `Not done: ${text(d['title']) ?? String(d['step'])}`, because],
  'task-opened': ['case', (d) => `Task opened: ${text(d['title']) ?? String(d['step'])}`, because],
  'message-sent': ['contact', (d) => `${channel(d)} sent`, (d) => labelled('template', d['template'])],
  'message-not-sent': ['contact', (d) => `${channel(d)} not sent`, (d) => joined(text(d['code']), text(d['message']))],
  'message-unconfirmed': ['contact', (d) => `${channel(d)} sent or not: nobody can say yet`, because],
  'message-delivered': ['contact', (d) => `${channel(d)} delivered`],
  'message-undelivered': ['contact', (d) => `${channel(d)} not delivered`, (d) => joined(text(d['code']), because(d))],
  'message-recalled': ['contact', (d) => `${channel(d)} taken back before it left`, because],
  'message-shadowed': ['contact', (d) => `${channel(d)} prepared only (shadow mode)`],
  'letter-released': ['contact', 'Letter handed to the printer', (d) => labelled('batch', d['batchId'])],
  'letter-mailed': ['contact', 'Letter mailed', (d) => joined(labelled('on', d['on']), labelled('class', d['class']))],
  'letter-returned': [
    'contact',
    'Letter came back',
    (d) =>
      joined(
        labelled('on', d['on']),
        because(d),
        d['addressMarked'] === true ? 'address marked as bad' : 'the address on file is another one by now',
      ),
  ],
  'reply-received': ['reply', (d) => `${channel(d)} from the borrower`, (d) => joined(text(d['text']), labels(d))],
  'reply-labelled': ['reply', (d) => `Reply read by a person: ${labels(d) ?? ''}`, (d) => text(d['note'])],
  'call-logged': ['call', (d) => `Call: ${spoken(d['result'])}`, callDetail],
  'call-consented': [
    'call',
    'Agreed to be called',
    (d) => (d['on'] === null ? 'within seven days' : labelled('on', dated(d['on']))),
  ],
  'payment-taken': [
    'payment',
    (d) => `Payment of ${cents(d['amountCents'])} taken`,
    (d) =>
      joined(
        labelled('by', method(d['method'])),
        labelled('trace', d['traceId']),
        labelled('settles', dated(d['settlesOn'])),
      ),
  ],
  'payment-declined': [
    'payment',
    (d) => `Payment of ${cents(d['amountCents'])} declined`,
    (d) => labelled('by', method(d['method'])),
  ],
  'payment-returned': [
    'payment',
    (d) => `Payment of ${cents(d['amountCents'])} came back`,
    (d) => joined(labelled('code', d['code']), labelled('trace', d['traceId'])),
  ],
  'payment-cancelled': ['payment', (d) => `Payment of ${cents(d['amountCents'])} cancelled`, because],
  'payment-reversed': ['payment', (d) => `Payment of ${cents(d['amountCents'])} reversed`, because],
  'payment-posted': [
    'payment',
    (d) => `Payment of ${cents(d['amountCents'])} posted by the core`,
    (d) => labelled('trace', d['traceId']),
  ],
  'payment-unmatched': ['payment', (d) => `Payment of ${cents(d['amountCents'])} not found in the core’s file`],
  'promise-made': [
    'promise',
    (d) => `Promise: ${cents(d['amountCents'])} by ${dated(d['on']) ?? ''}`,
    (d) => joined(d['state'] === 'proposed' ? 'waits for approval' : null, text(d['because'])),
  ],
  'promise-approved': ['promise', 'Promise approved'],
  'promise-kept': ['promise', 'Promise kept'],
  'promise-provisional': ['promise', 'Promise paid; waits out the return window'],
  'promise-broken': ['promise', 'Promise broken', because],
  'promise-replaced': ['promise', 'Promise replaced by a newer one'],
  'promise-cancelled': ['promise', 'Promise withdrawn', because],
  'hold-placed': [
    'hold',
    (d) => `Hold: ${spoken(d['reason'])}`,
    (d) => joined(labelled('review on', dated(d['reviewOn'])), text(d['note'])),
  ],
  'hold-lifted': ['hold', (d) => `Hold lifted: ${spoken(d['reason'])}`, (d) => text(d['because'])],
  'hold-reviewed': [
    'hold',
    (d) => `Hold kept: ${spoken(d['reason'])}`,
    (d) => joined(labelled('next review', dated(d['reviewOn'])), text(d['note'])),
  ],
  'legal-stop-placed': ['stop', (d) => `Stop told by the core: ${spoken(d['stop'])}`],
  'legal-stop-lifted': ['stop', (d) => `Stop lifted, as the core tells: ${spoken(d['stop'])}`],
  'stop-recorded': ['stop', (d) => `Stop: ${spoken(d['kind'])}`],
  'opted-out': ['stop', (d) => `${channel(d)} stopped by the borrower`],
  'wrong-number': ['stop', 'Number barred: it is not this person’s'],
  'insurance-evidence-received': ['other', 'Proof of insurance received'],
  'debit-cancel-asked': ['payment', 'Asked to stop automatic debits', (d) => text(d['scope'])],
  'freeze-deletion': ['stop', 'Nothing of this account is deleted from now on'],
  'stop-automation': ['stop', 'All automation off'],
  'file-changed': ['import', (d) => `The core’s file changed ${String(d['table']).replaceAll('_', ' ')}`],
  'note-written': [
    'note',
    (d) => (d['pinned'] === true ? 'Note (pinned)' : 'Note'),
    (d) => joined(codes(d), text(d['text'])),
  ],
  'document-filed': [
    'document',
    (d) => `Document: ${text(d['title']) ?? ''}`,
    (d) => joined(spoken(d['type']), labelled('kept until', dated(d['keepUntil']))),
  ],
  'case-file-made': ['other', 'Case file made as PDF'],
  'approval-voted': [
    'approval',
    (d) => `${d['vote'] === 'approve' ? 'Approved by one' : 'Refused by one'}: ${text(d['title']) ?? ''}`,
    because,
  ],
  'approval-decided': ['approval', (d) => `${spoken(d['outcome'])}: ${text(d['title']) ?? ''}`, because],
  'fact-stated': ['other', (d) => `Stated: ${spoken(d['fact'])}`, statedFact],
  'decision-overridden': ['decision', (d) => `Bank policy set aside for one send by ${text(d['name']) ?? ''}`, because],
  'item-closed': ['other', (d) => `Item closed: ${text(d['title']) ?? ''}`, (d) => text(d['outcome'])],
  'work-escalated': ['other', (d) => `Nobody saw to it in time: ${text(d['title']) ?? ''}`],
  'contact-revealed': ['other', 'A masked contact was looked at', because],
  'link-made': ['other', 'Link made for the borrower’s page'],
  'link-verified': ['other', 'Borrower confirmed who they are on their page'],
  'send-mode-set': ['other', (d) => `Send mode of ${String(d['channel'])}: ${String(d['to'])}`],
  'pilot-changed': ['other', 'Pilot list changed'],
  'stop-switch-set': ['other', 'Stop switch set', because],
  'stop-switch-lift-asked': ['other', 'Lifting the stop switch asked'],
  'stop-switch-lifted': ['other', 'Stop switch lifted'],
  'staff-access-changed': ['other', 'A person’s access changed'],
  'policy-proposed': ['other', (d) => `Policy proposed: ${String(d['policy'])} ${String(d['version'])}`],
  'policy-published': ['other', (d) => `Policy published: ${String(d['policy'])} ${String(d['version'])}`],
};

export function wordEvent(kind: string, data: Data): Worded {
  const wording = wordings[kind];
  if (wording === undefined)
    return { group: 'other', title: capital(kind.replaceAll('-', ' ')), detail: because(data) };
  const [group, title, detail] = wording;
  return { group, title: typeof title === 'string' ? title : title(data), detail: detail?.(data) ?? null };
}

/** The kinds of a group, for a timeline that shows one group only. */
export function kindsOf(group: TimelineGroup): string[] {
  return Object.entries(wordings).flatMap(([kind, [own]]) => (own === group ? [kind] : []));
}

/** A title without anything about a person: what is streamed to everybody's screen. */
export function plainTitle(kind: string): string {
  return capital(kind.replaceAll('-', ' '));
}

function spoken(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('-', ' ') : '';
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function labels(data: Data): string | null {
  const found = data['labels'];
  return Array.isArray(found) && found.length > 0
    ? `read as ${found.join(', ')}`
    : labelled('read as', data['primary']);
}

function codes(data: Data): string | null {
  const both = [text(data['actionCode']), text(data['resultCode'])].filter((code) => code !== null);
  return both.length === 0 ? null : both.join(' / ');
}

function callDetail(data: Data): string | null {
  return joined(
    data['verified'] === 'not-verified' ? 'not verified' : labelled('verified by', spoken(data['verified'])),
    data['reasonForDefault'] === undefined ? null : labelled('reason', spoken(data['reasonForDefault'])),
    labelled('next', data['nextAction']),
    labelled('on', dated(data['nextActionOn'])),
  );
}

function lapse(reason: unknown): string | null {
  if (typeof reason !== 'object' || reason === null || !('kind' in reason)) return text(reason);
  const days = 'daysLate' in reason ? ` by ${String(reason.daysLate)} days` : '';
  const known = LAPSES[String(reason.kind)];
  return known ?? `${spoken(reason.kind)}${days}`;
}

/** Why a step will not go in this pass, where its own name would not say it. */
const LAPSES: Readonly<Record<string, string>> = {
  'before-join': 'Its day was before the account came here.',
  'not-applicable': 'What it asks for is not given.',
  passed: 'A later step is done already.',
};

/** `2026-12-04` as "Dec 4, 2026"; whatever else is there as it stands. */
function dated(value: unknown): string | null {
  const said = text(value);
  if (said === null || !/^\d{4}-\d{2}-\d{2}$/.test(said)) return said;
  return new Date(`${said}T12:00:00Z`).toLocaleDateString('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
}

const METHODS: Readonly<Record<string, string>> = { ach: 'bank debit', transfer: 'transfer' };
const method = (value: unknown): string | null => METHODS[String(value)] ?? text(value);
