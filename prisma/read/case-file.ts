import type { CasePage } from '../../api/schemas/cases.ts';
import type { Document } from '../../api/schemas/documents.ts';
import type { TimelineEntry } from '../../api/schemas/timeline.ts';
import type { CaseFile, FileEntry, FileSection } from '../../channels/case-file/case-file-pdf.ts';
import { localDateAt } from '../../domain/calendar/zones.ts';
import { formatCents } from '../../domain/money.ts';
import { listDocuments } from '../documents.ts';
import type { Pool } from '../pool.ts';
import { readCasePage } from './case-page.ts';
import type { Look } from './moment.ts';
import { readTimeline } from './timeline.ts';

/** So many lines of the timeline are set: some hundred pages. What is older is said to be left out, never left out silently. */
const MAX_LINES = 3_000;

export interface CaseFileAsked {
  loanId: string;
  lender: string;
  who: { me: string; unmasked: boolean };
}

/** Everything of one account in words: facts, people, agreements, documents, and the timeline from its beginning. */
export async function readCaseFile(pool: Pool, look: Look, asked: CaseFileAsked): Promise<CaseFile | null> {
  const page = await readCasePage(pool, asked.loanId, look, asked.who);
  if (page === null) return null;
  const documents = await listDocuments(pool, asked.loanId);
  const { entries, whole } = await wholeTimeline(pool, asked);
  const time = (instant: string): string => localTime(instant, look.zone);
  const { loanNumber } = page.loan;
  return {
    title: `Case file of loan ${loanNumber}`,
    lender: asked.lender,
    made: `${asked.lender}. Made ${time(page.businessNow)} by ${asked.who.me}. Times are ${look.zone}.${asked.who.unmasked ? '' : ' Addresses are masked.'}`,
    footer: `${asked.lender}, loan ${loanNumber}, made ${time(page.businessNow)}`,
    madeOn: localDateAt(look.nowMs, look.zone),
    sections: [
      account(page),
      ...page.people.map(person),
      {
        title: 'Promises',
        facts: page.promises.map((promise) => [
          `${promise.amountCents === null ? 'An amount not named' : formatCents(promise.amountCents)} by ${promise.dueOn}`,
          `${promise.state}; made ${time(promise.madeAt)}, ${promise.source}, ${promise.actor}`,
        ]),
        entries: [],
        empty: 'None.',
      },
      {
        title: 'Holds',
        facts: page.holds.map((hold) => [
          plain(hold.reason),
          [
            `placed ${time(hold.placedAt)} by ${hold.placedBy}`,
            hold.liftedAt === null ? `stands, review by ${hold.reviewOn}` : `lifted ${time(hold.liftedAt)}`,
            ...(hold.note === null ? [] : [hold.note]),
          ].join('; '),
        ]),
        entries: [],
        empty: 'None.',
      },
      {
        title: 'Payments taken here',
        facts: page.payments.map((payment) => [
          `${formatCents(payment.amountCents)}, ${payment.method}`,
          `${payment.state}${payment.returnCode === null ? '' : ` ${payment.returnCode}`}; ${time(payment.receivedAt)}, trace ${payment.traceId}`,
        ]),
        entries: [],
        empty: 'None.',
      },
      {
        title: 'Documents',
        facts: [],
        entries: documents.map((document) => filed(document, time)),
        empty: 'None filed.',
      },
      {
        title: whole ? 'Timeline' : `Timeline: the newest ${MAX_LINES} entries; older ones are in the product`,
        facts: [],
        entries: entries.toReversed().map((entry) => line(entry, time)),
        empty: 'Nothing has happened yet.',
      },
    ],
  };
}

async function wholeTimeline(pool: Pool, asked: CaseFileAsked): Promise<{ entries: TimelineEntry[]; whole: boolean }> {
  const entries: TimelineEntry[] = [];
  let cursor: string | undefined;
  do {
    const { rows, next } = await readTimeline(pool, {
      loanId: asked.loanId,
      limit: 200,
      cursor,
      unmasked: asked.who.unmasked,
    });
    entries.push(...rows);
    cursor = next ?? undefined;
  } while (cursor !== undefined && entries.length < MAX_LINES);
  return { entries, whole: cursor === undefined };
}

function account({ loan, balances, case: open, earlierCases, next }: CasePage): FileSection {
  const known = (value: string | number | null): string => (value === null ? 'not known' : String(value));
  return {
    title: 'Account',
    facts: [
      ['Product', plain(loan.product)],
      ['Status', plain(loan.status)],
      ['Past due', `${formatCents(balances.pastDueCents)}, ${balances.daysPastDue} days`],
      ['Payments pending', formatCents(balances.pendingCents)],
      ['We ask for', formatCents(balances.askCents)],
      ['Principal', formatCents(balances.principalCents)],
      ['Payment', formatCents(loan.paymentCents)],
      ['Next due', loan.nextDueOn],
      ['Last payment', known(balances.lastPaymentOn)],
      ['Books of the core as of', known(loan.coreAsOf)],
      [
        'Case',
        open === null
          ? 'none'
          : `${open.status} since ${open.openedOn}, policy ${open.policy} version ${open.policyVersion}`,
      ],
      ['Earlier cases', earlierCases.length === 0 ? 'none' : String(earlierCases.length)],
      ['What happens next', next === null ? 'nothing is planned' : `${next.title}: ${next.because}`],
    ],
    entries: [],
    empty: '',
  };
}

function person(one: CasePage['people'][number]): FileSection {
  const { mailing } = one;
  return {
    title: `${one.name}, ${plain(one.role)}`,
    facts: [
      ['Customer', one.customerNumber],
      ['Language', one.language],
      [
        'Mailing address',
        [mailing.line1, mailing.city, mailing.state, mailing.zip].filter((part) => part !== null).join(', ') ||
          'not known',
      ],
      ...one.contactPoints.map((point): [string, string] => [
        plain(point.type),
        [
          point.value,
          point.consent.at === null ? 'no consent' : 'consent',
          ...(point.optedOutAt === null ? [] : [`opted out ${point.optedOutAt}`]),
          ...(point.wrongNumberAt === null ? [] : ['wrong number']),
          ...(point.badSince === null ? [] : [point.badReason ?? 'bad']),
        ].join('; '),
      ]),
      ...one.stops.map((stop): [string, string] => ['Legal stop', `${plain(stop.kind)} since ${stop.at}`]),
    ],
    entries: [],
    empty: '',
  };
}

function filed(document: Document, time: (instant: string) => string): FileEntry {
  return {
    title: document.title,
    at: `${time(document.filedAt)}, ${document.actor}`,
    lines: [
      `${plain(document.kind)}, ${document.mediaType}, ${document.bytes} bytes, kept until ${document.keepUntil}${document.removedAt === null ? '' : ', bytes removed'}`,
      `SHA-256 ${document.hash}`,
    ],
  };
}

function line(entry: TimelineEntry, time: (instant: string) => string): FileEntry {
  const { send, decision } = entry;
  return {
    title: entry.title,
    at: `${time(entry.at)}, ${entry.actor}`,
    lines: [
      ...(entry.detail === null ? [] : [entry.detail]),
      ...(send === null
        ? []
        : [`To ${send.to}, ${send.status}. ${send.subject ?? ''}`.trim(), ...send.body.split('\n')]),
      ...(decision?.reasons ?? []).map(
        (reason) => `${reason.words}${reason.citation === null ? ` (${reason.kind})` : ` (${reason.citation})`}`,
      ),
      ...entry.changes.map((change) => `${change.field}: ${change.from ?? 'empty'} → ${change.to ?? 'empty'}`),
    ],
  };
}

const plain = (word: string): string => {
  const spaced = word.replaceAll(/[-_]/g, ' ');
  return spaced.slice(0, 1).toUpperCase() + spaced.slice(1);
};

function localTime(instant: string, zone: string): string {
  return new Date(instant).toLocaleString('en-US', { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' });
}
