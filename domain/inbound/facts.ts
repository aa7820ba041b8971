import { readAttorney } from './attorney.ts';
import type { Finding } from './finding.ts';
import { addBeside, has, remove, type Draft } from './resolve.ts';

const find = (draft: Draft, rule: string): Finding | undefined =>
  draft.findings.find((finding) => finding.rule === rule);
const wordsOf = (draft: Draft): string => draft.text.tokens.map((token) => token.word).join(' ');

/** Decides the stage of a bankruptcy; not yet filed, or past, is for a person too. */
export function settleBankruptcy(draft: Draft): void {
  if (!has(draft, 'bankruptcy')) return;
  const past = find(draft, 'bankruptcy-past') !== undefined;
  const contemplated = find(draft, 'bankruptcy-contemplated') !== undefined;
  const filed = find(draft, 'bankruptcy-filed') !== undefined;
  draft.bankruptcy = past ? 'past' : filed || !contemplated ? 'filed' : 'contemplated';
  if (draft.bankruptcy !== 'filed') draft.reviews.add('bankruptcy-unclear');
}

const WHOSE_LOAN =
  /\b(?:the one|who was|was|name) on the (?:loan|account|note|title)\b|\bwhose (?:loan|account)\b|\b(?:his|her|their) (?:\w+ )?(?:loan|account|car|debt|mortgage|card|note|name|truck|bill|credit)\b|\bin (?:his|her) name\b|\byour (?:customer|client|borrower)\b|\b(?:borrower|account holder|cosigner)\b|\b(?:the|this) (?:loan|account) (?:was|is) (?:his|hers|in)\b|\b(?:su|la) (?:cuenta|prestamo|deuda) (?:de el|de ella|era)\b|\b(?:era|es) (?:su|de el|de ella)\b/;
const PAYS_FOR_IT =
  /\bso (?:i|we|money|things)\b|\b(?:behind|need time|need more|give me|late on|catch up)\b|\b(?:y|asi que|por eso) no (?:puedo|tengo|podre)\b/;

/** Contract, Boundaries: whose death it is. A relative's, with no sign that the loan was theirs, is for a person. */
export function settleDeath(draft: Draft): void {
  const funeral = find(draft, 'funeral');
  if (funeral !== undefined && !has(draft, 'deceased')) draft.reviews.add('death-unclear');
  if (!has(draft, 'deceased')) return;
  draft.executor = find(draft, 'executor') !== undefined;
  const relative = find(draft, 'relative-died');
  const words = wordsOf(draft);
  const borrower = draft.executor || find(draft, 'died') !== undefined || WHOSE_LOAN.test(words);
  if (relative === undefined || borrower || !draft.context.knownNumber) {
    if (funeral !== undefined) remove(draft, (finding) => finding.rule === 'funeral');
    return;
  }
  draft.reviews.add('death-unclear');
  if (has(draft, 'hardship') || funeral !== undefined || PAYS_FOR_IT.test(words)) {
    remove(draft, (finding) => finding.label === 'deceased');
    addBeside(draft, relative, 'hardship');
  }
}

/** The lawyer's name and number; who has none yet ("I need a lawyer") has been masked before. */
export function settleAttorney(draft: Draft): void {
  if (has(draft, 'attorney')) {
    draft.attorney = readAttorney(draft.text.source, draft.text.tokens);
    remove(draft, (finding) => finding.rule === 'attorney-doubt');
  }
}

const ONE_ITEM =
  /\b(?:this|next|fridays?|mondays?|tuesdays?|wednesdays?|thursdays?|todays?|tomorrows?|current|upcoming|december|january|one|esta?|este|proximo) (?:'s )?(?:\w+ ){0,2}?(?:payment|debit|draft|withdrawal|autopay|pago|cobro|debito|month|week|friday|mes|semana|time|one)\b|\b(?:on|this|for|until|till|before|para|por) (?:\w+ )?(?:friday|monday|tuesday|wednesday|thursday|today|tomorrow|the \d{1,2}(?:st|nd|rd|th)|\d{1,2}\/\d{1,2}|viernes|lunes|month|week|hoy|manana)\b|\b(?:just|only) (?:this|the|once)\b|\b(?:payment|draft|debit) (?:on|for|scheduled|set|due|coming|that|today|tomorrow)\b|\bmy payment$|\b(?:today|tomorrow|friday|monday|tuesday|wednesday|thursday) 's (?:\w+ )?(?:payment|debit|draft|autopay)\b|\bpending\b|\bscheduled payment\b|\bthis month\b|\beste mes\b/;
const SERIES =
  /\b(?:all (?:my )?(?:payments|debits)|recurring|any ?more|ever again|future|every|each|going forward|permanently)\b/;

/** One debit ("this month", "Friday's") pulls that item only, and a person confirms; the series goes on. */
export function settleDebit(draft: Draft): void {
  if (!has(draft, 'autopay-cancel')) return;
  const words = wordsOf(draft);
  const one = ONE_ITEM.test(words) && !SERIES.test(words);
  draft.debitScope = one ? 'one-item' : 'series';
  if (one) draft.reviews.add('one-debit');
}

const NEVER_CREDITED =
  /\b(?:never|not|did not|has not|have not|was not|still not) (?:been |get |got )?(?:credited|applied|posted|recorded|showing)\b|\bstill (?:says|shows|showing|show|saying|getting)\b|\bwhere (?:is|did) (?:it|my (?:payment|money))\b|\bno (?:lo|la|se)? ?(?:han )?(?:acredit|aplic|refleja)/;
const INSURANCE_NEWS =
  /\b(?:lapse|lapsed|cancell?ed|expired|dropped|lost|no longer|dont have|do not have|cancelo|cancelaron|vencio|vencido)\b/;
const HAS_ALREADY = /\b(?:already|have|had|own|always|never lapsed|ya tengo|tengo)\b/;
const CHARGED = /\b(?:charged|charging|charge|billed|billing|force|forced|adding|added|refund|cobr\w+)\b/;

/** What follows from two facts said together. */
export function settleAccount(draft: Draft): void {
  const theft = find(draft, 'identity-theft');
  if (theft !== undefined) addBeside(draft, theft, 'dispute');
  const words = wordsOf(draft);
  const paid = draft.findings.find((finding) => finding.label === 'paid-already');
  if (paid !== undefined && NEVER_CREDITED.test(words)) addBeside(draft, paid, 'dispute');
  const insurance = draft.findings.find((finding) => finding.label === 'insurance');
  const charge = find(draft, 'insurance-charge');
  if (charge !== undefined) addBeside(draft, charge, 'insurance');
  else if (insurance !== undefined && insurance.tag === undefined) {
    if (CHARGED.test(words) && HAS_ALREADY.test(words)) addBeside(draft, insurance, 'dispute');
    else if (INSURANCE_NEWS.test(words)) draft.reviews.add('insurance-unclear');
  }
  draft.disaster =
    /\b(?:hurricane|tornado|flood|flooded|flooding|wildfires?|earthquake|disaster|evacuated|evacuation|fema|mudslide|huracan|inundacion|inundo|terremoto|desastre)\b/.test(
      words,
    ) && has(draft, 'hardship');
  if (!(draft.context.knownNumber && draft.context.authentic) && paid !== undefined) {
    remove(draft, (finding) => finding.label === 'paid-already');
    draft.reviews.add('unproven-sender');
  }
}

const TEXT_NAMED = /^(?:text|texts|texting|sms|texto|textos|textee|texteen|textear|mensajitos)$/;

/** By e-mail a stop that does not speak of texts bars e-mail to that address as well. */
export function settleEmailStop(draft: Draft): void {
  if (draft.context.channel !== 'email') return;
  const stop = draft.findings.find(
    (finding) =>
      finding.label === 'opt-out' &&
      finding.tag !== 'email-only' &&
      !draft.text.tokens.slice(finding.from, finding.to).some((token) => TEXT_NAMED.test(token.word)),
  );
  if (stop !== undefined && !has(draft, 'cease')) addBeside(draft, stop, 'email-stop');
}
