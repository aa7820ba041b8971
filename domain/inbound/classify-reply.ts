import { isZone, localDateAt } from '../calendar/zones.ts';
import { actionsOf, confirmsOptOut } from './actions.ts';
import type { Classification, InboundContext, QuietTime, ReviewReason, Span } from './classification.ts';
import { findDates } from './dates.ts';
import { ownWords } from './email.ts';
import { readEmoji } from './emoji.ts';
import { settleAccount, settleAttorney, settleBankruptcy, settleDeath, settleDebit, settleEmailStop } from './facts.ts';
import type { Label } from './labels.ts';
import { isSpanish } from './language.ts';
import { readLoneStops } from './lone-stops.ts';
import { readPhrases } from './phrases/index.ts';
import { inOrder } from './precedence.ts';
import { readPromise } from './promise.ts';
import { afterQuoted, isAutoReply, readReaction } from './reactions.ts';
import { readRequests } from './requests/requests.ts';
import { addPhrases, addPromise, addStops, has, remove, type Draft } from './resolve.ts';
import { tokensOf } from './finding.ts';
import { hasUnreadStop, startsWithStop } from './stop-traces.ts';
import { dictatedStops, unknownNames } from './repairs.ts';
import { tokenise, type TokenText } from './tokens.ts';
import { readWhole } from './whole-message.ts';

/** Longer messages are read at both ends, and a person reads the whole (an SMS has at most 1,600 characters). */
const READ_HEAD = 3000;
const READ_TAIL = 1000;

/**
 * Reads a borrower's text or e-mail by fixed rules. Pure, deterministic, total on any text, linear in its length.
 * Source: contracts/inbound-labels.md; readings that had to be chosen: docs/decisions/011-reply-readings.md.
 *
 * @param text the message as received
 * @param context what is known besides; a zone that is none leaves dates unread (a person decides), nothing throws
 */
export function classifyReply(text: string, context: InboundContext): Classification {
  const reaction = readReaction(text);
  const own = reaction.kind === 'none' ? text : afterQuoted(text);
  const tooLong = own.length > READ_HEAD + READ_TAIL;
  const capped = tooLong ? `${own.slice(0, READ_HEAD)}\n${own.slice(-READ_TAIL)}` : own;
  const parts = /^\s*[([]\s*\d{1,2}\s*(?:\/|of|de)\s*\d{1,2}\s*[)\]]/.exec(capped);
  const body = context.channel === 'email' ? ownWords(capped) : capped.slice(parts?.[0].length ?? 0);
  const draft = newDraft(tokenise(body), context);
  if (tooLong || draft.text.tooMany) draft.reviews.add('too-long');
  if (parts !== null) draft.reviews.add('message-in-parts');
  if (reaction.kind === 'stop') draft.findings.push({ label: 'opt-out', rule: 'reaction', from: 0, to: 0 });
  else if (reaction.kind === 'friendly') draft.reviews.add('reaction');
  else if (reaction.kind === 'other') draft.reviews.add('unread');
  readInto(draft);
  return finish(draft, own.length - (capped.length - (parts?.[0].length ?? 0)) === 0);
}

function newDraft(text: TokenText, context: InboundContext): Draft {
  return {
    text: { ...text, tokens: unknownNames(dictatedStops(text.tokens)) },
    context,
    findings: [],
    reviews: new Set(),
    numbers: [],
    namesOtherPerson: false,
    promise: null,
    promiseNear: false,
    attorney: null,
    executor: false,
    bankruptcy: null,
    debitScope: null,
    disaster: false,
    page: false,
    sure: false,
  };
}

function readInto(draft: Draft): void {
  const { text, context } = draft;
  if (text.tokens.length === 0 && text.emoji.length === 0) {
    if (draft.findings.length === 0 && draft.reviews.size === 0) draft.reviews.add('empty');
    return;
  }
  const whole = readWhole(text);
  if (whole !== null) {
    draft.sure = whole.rule === 'keyword' || whole.rule === 'sign';
    draft.findings.push({ label: whole.label, rule: whole.rule, from: 0, to: text.tokens.length });
    if (whole.review !== undefined) draft.reviews.add(whole.review);
    if (whole.label === 'opt-in' && !mayOptIn(context)) refuseOptIn(draft);
    if (whole.spanish || isSpanish(text))
      draft.findings.push({ label: 'language-es', rule: 'language', from: 0, to: text.tokens.length });
    settleEmailStop(draft);
    return;
  }
  readSentences(draft);
}

function mayOptIn({ authentic, channel, knownNumber }: InboundContext): boolean {
  return authentic && (channel === 'sms' || knownNumber);
}

function refuseOptIn(draft: Draft): void {
  draft.findings.length = 0;
  draft.reviews.add('unproven-sender');
}

function readSentences(draft: Draft): void {
  const { text, context } = draft;
  const phrases = readPhrases(text.tokens);
  const requests = readRequests(text.tokens, context.mode);
  const lone = readLoneStops(text.tokens);
  addStops(draft, requests);
  addStops(draft, lone);
  addPhrases(draft, phrases);
  narrowCease(draft);
  const cease = draft.findings.find((finding) => finding.label === 'cease');
  if (cease !== undefined && !has(draft, 'opt-out')) draft.findings.push({ ...cease, label: 'opt-out' });
  settleAccount(draft);
  settleBankruptcy(draft);
  settleAttorney(draft);
  settleDebit(draft);
  if (isZone(context.zone))
    addPromise(
      draft,
      readPromise(text, {
        today: localDateAt(context.receivedAtMs, context.zone),
        prompt: context.openPrompt,
        elsewhere: tokensOf(requests.covered),
      }),
    );
  settleDeath(draft);
  settleEmailStop(draft);
  if (isSpanish(text) && !has(draft, 'language-es')) {
    draft.findings.push({ label: 'language-es', rule: 'language', from: 0, to: text.tokens.length });
  }
  if (hasUnreadStop(draft, tokensOf([...requests.covered, ...lone.covered]), phrases.stopGuarded))
    draft.reviews.add('near-stop');
  if (readEmoji(text) === 'stop-among-words' && !has(draft, 'opt-out')) draft.reviews.add('near-stop');
  const content = draft.findings.some((finding) => finding.label !== 'language-es' && finding.label !== 'human-review');
  if (!content) {
    const auto = draft.reviews.size === 0 && isAutoReply(text.plain);
    if (auto) draft.reviews.add('auto-reply');
    else if (draft.reviews.size === 0) draft.reviews.add(has(draft, 'language-es') ? 'spanish-unread' : 'unread');
  }
  if (has(draft, 'legal-threat')) {
    draft.reviews.add('legal-threat');
    dropComplaint(draft);
  }
}

/** Contract, Boundaries: "do not contact me at work", "no contact on sundays" are place or time, not `cease`. */
function narrowCease(draft: Draft): void {
  const narrowed = draft.findings.filter(({ rule }) => rule === 'request-hours' || rule === 'request-at-work');
  remove(
    draft,
    ({ rule, from, to }) => rule === 'cease' && narrowed.some((other) => other.from <= from && other.to >= to),
  );
}

/** "This is harassment, I will take legal action" complains: without other words it asks for no stop. */
function dropComplaint(draft: Draft): void {
  const { tokens } = draft.text;
  remove(draft, ({ label, rule, from, to }) => {
    const said = tokens.slice(from, to).map((token) => token.word);
    return label === 'opt-out' && rule === 'leave-alone' && /^this (?:is|constitutes) harassment$/.test(said.join(' '));
  });
}

const NO_HOLD: ReadonlySet<ReviewReason> = new Set(['reaction', 'auto-reply']);

function finish(draft: Draft, sameOffsets: boolean): Classification {
  const { context } = draft;
  const found = new Set<Label>(draft.findings.map((finding) => finding.label));
  if (draft.reviews.size > 0 || found.size === 0) found.add('human-review');
  const labels = inOrder(found, context.channel);
  const primary = labels[0] ?? 'human-review';
  const holdSms =
    found.has('human-review') && !(draft.reviews.size > 0 && [...draft.reviews].every((reason) => NO_HOLD.has(reason)));
  const page = draft.page || found.has('self-harm');
  const losses = draft.findings.filter((finding) => finding.label === 'insurance');
  const language = found.has('language-es') ? 'es' : 'en';
  return {
    labels,
    primary,
    confidence: primary === 'human-review' ? 0.3 : draft.sure ? 1 : found.has('human-review') ? 0.6 : 0.85,
    spans: spansOf(draft, sameOffsets),
    actions: actionsOf({
      labels,
      context,
      bankruptcy: draft.bankruptcy,
      attorney: draft.attorney,
      executor: draft.executor,
      debitScope: draft.debitScope,
      collateralLossOnly: losses.every((finding) => finding.tag === 'collateral-loss'),
      promiseStored: draft.promise !== null,
      promiseAmount: draft.promise?.amountCents ?? null,
      promiseNear: draft.promiseNear,
      holdSms,
      page,
      leadingStop: startsWithStop(draft.text.tokens),
    }),
    review: [...draft.reviews],
    holdSms,
    pagePerson: page,
    promise: draft.promise,
    attorney: draft.attorney,
    executor: draft.executor,
    bankruptcy: draft.bankruptcy,
    quietTime: quietOf(draft),
    debitScope: draft.debitScope,
    namedNumbers: [...new Set(draft.numbers)],
    namesOtherPerson: draft.namesOtherPerson,
    disaster: draft.disaster,
    scope: found.has('opt-out') ? 'lender' : null,
    replyLanguage: language,
    confirmationLanguage: confirmsOptOut(labels, context) ? language : null,
    replyHasDebtFacts: primary === 'promise',
    evidenceReceivedAtMs: found.has('insurance') ? context.receivedAtMs : null,
  };
}

/** The day a temporary wish ends, where one is named ("till friday"). */
function untilOn(draft: Draft): string | null {
  const { context, text } = draft;
  const wish = draft.findings.find((finding) => finding.tag === 'temporary');
  if (wish === undefined || !isZone(context.zone)) return null;
  const dates = findDates(text.tokens.slice(wish.from, wish.to), localDateAt(context.receivedAtMs, context.zone));
  const last = dates.at(-1);
  return last?.kind === 'day' ? last.on : null;
}

/** All hours named in one message together; the earliest close counts. */
function quietOf(draft: Draft): QuietTime | null {
  const read = draft.findings.flatMap((finding) => (finding.quiet === undefined ? [] : [finding.quiet]));
  const first = read[0];
  if (first === undefined) return null;
  const closes = read
    .flatMap((quiet) => (quiet.effectiveCloseLocal === null ? [] : [quiet.effectiveCloseLocal]))
    .sort();
  const channels = read.some((quiet) => quiet.channels === null)
    ? null
    : [...new Set(read.flatMap((quiet) => quiet.channels ?? []))];
  return {
    windows: read.flatMap((quiet) => quiet.windows),
    channels,
    untilOn: untilOn(draft),
    effectiveCloseLocal: closes[0] ?? null,
  };
}

/** Offsets point into the text as received only when nothing was cut before the words. */
function spansOf(draft: Draft, sameOffsets: boolean): readonly Span[] {
  const { tokens, source } = draft.text;
  return draft.findings.map((finding) => {
    const start = tokens[finding.from]?.start ?? 0;
    const end = tokens[Math.max(finding.from, finding.to - 1)]?.end ?? source.length;
    const shown = source.slice(start, end);
    return {
      label: finding.label,
      start: sameOffsets ? start : 0,
      end: sameOffsets ? end : 0,
      text: shown,
      rule: finding.rule,
    };
  });
}
