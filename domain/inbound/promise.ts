import { daysBetween, type LocalDate } from '../calendar/days.ts';
import { findAmounts } from './amounts.ts';
import type { OpenPrompt, PromiseRead } from './classification.ts';
import { findDates } from './dates.ts';
import { yesWords, YES_WORDS } from './keywords.ts';
import { tokensOf } from './finding.ts';
import type { TokenText } from './tokens.ts';

/** Contract, Boundaries: a promise is at most this many days ahead. POLICY. */
export const PROMISE_DAYS_AHEAD = 14;

/** `near`: it speaks of paying but promises nothing that can be stored; a person reads it. */
export type PromiseReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'near' }
  | { readonly kind: 'date-only'; readonly promise: PromiseRead }
  | { readonly kind: 'promise'; readonly promise: PromiseRead; readonly accepted: boolean };

const PAY =
  '(?:pay|paying|send|sending|make|making|give|giving|bring|bringing|drop|dropping|transfer|transferring|mail|mailing|deposit|depositing|submit|submitting|settle|cover|zelle|cashapp|do|doing|put|putting|catch|have|swing|manage|pull|throw|come|shoot|get you|wire|venmo|square|clear|knock|take care|handle|run|process|post|schedule|be paying|be sending|be making|be in to pay|pmt)';
const INTENT = new RegExp(
  `(?:^| )(?:(?:will|can|going to|able to|ready to|promise to|promise|plan to|planning to|planning on|intend to|commit to|gonna|am|are|be|let me|i(?: ll)?|we|just|so|and|ok|okay|please) (?:\\w+ ){0,3}?${PAY}|(?:paying|sending|depositing|dropping|bringing|wiring|pay|send|mailing|transferring|promise|promising|expect|count on|put me down for|schedule me for|will be|you will (?:have|get|see|receive)|will have|good for|payment (?:of|for)|payment coming|coming) )`,
);
const INTENT_ES =
  /(?:^| )(?:(?<!(?:el|mi|un|su|del|este|otro|ese|proximo|hacer|hice|hago) )(?:pago|pagare|pagaremos|pagamos|mando|mandare|mandamos|deposito|depositare|envio|enviare|doy|dare|abono|abonare|transfiero|transferire|hago|hare|hare un pago|llevo|llevare|prometo)|(?:voy a|vamos a|puedo|podemos|podre|podria) (?:\w+ )?(?:pagar|mandar|enviar|depositar|hacer|dar|abonar|transferir|pagarle|pagarles|darle|darles|mandarle|mandarles|enviarle|llevar|depositarle|pagarlo|cubrir))(?= |$)/;
const NEGATED =
  /(?:^| )(?:can not|could not|will not|would not|not able|unable|not|never|do not have|no way|nothing|no (?:le|les|te|lo|se|puedo|podemos|podre|voy|vamos|pago|tengo)|nunca|neither|without|refuse|nobody)(?= |$)/;
const HEDGED =
  /(?:^| )(?:might|maybe|may(?! \d)|mayb|probably|prob|probly|hopefully|hoping|hope|try|trying|tries|should|could|would|if|unless|depends|depending|think|guess|possibly|perhaps|likely|once|when|whenever|as soon as|sure if|not sure|supposed|want|wish|wanted|about|around|roughly|approximately|at least|up to|either|every|each|weekly|monthly|twice|provided|assuming|contingent|after|guessing|ish|pending|waiting|except|however|rest|half|other|remaining|partial|then again|quizas?|tal vez|a lo mejor|creo|espero|esperando|trato|tratare|tratar|intentar|intentare|ojala|cuando|podria|puede que|posible|posiblemente|como unos|mas o menos|cada|cerca de|en cuanto|segun|alrededor|al menos|hasta que|aproximadamente|probablemente|quiza|quisiera|depende|o)(?= |$)/;
/** "si" is "if" in the middle of a Spanish sentence and "yes" at its start. */
const SPANISH_IF = /(?<=\S )si (?!senor|claro|por|pago|le|les)|^si (?:me|mi|el|no|cobro|tengo|llega|puedo|recibo)/;
const ASKS =
  /^(?:ok |so |hi |hello |hey |please |and |also |hola |but )?(?:(?:can|could|may|would|will|should|do|does) (?:i|we|you|it|that|yall)|is (?:it|\$?\d\S*)|what if|how about|podria|me deja|esta bien si|would it)(?= |$)/;
const PAST =
  /(?:^| )(?:paid|sent|made|mailed|already|yesterday|pague|mande|hice|envie|was|were|did|last|said|told|charged|took|owed|rent|received|ago)(?= |$)/;
const MEANS_RECEIVING = /(?:^| )(?:get|gets|getting|got|be|being) paid(?= |$)/g;
const THIRD_PARTY_MONEY =
  /(?:^| )(?:take|run|charge|debit|pull|draft|withdraw)(?: \S+){0,3}? (?:card|account|out|bank|it|payment)(?= |$)/;
const BARE =
  /^(?:ok|okay|on|by|for|sure|yes|yep|yeah|just|the|of|my|payment|pmt|please|thanks|thank|you|el|la|por|favor|para|si|i|will|can|do|to|a|pay|and|at|this|in|dollars|bucks|lo|pago|un|de|let|us|how|morning|afternoon|evening|night|noon|before|is|coming|end|day|-|it|works?|good|am|pm|\d{1,2}(?:am|pm))$/;

/** Reads a promise to pay. `today` is the borrower's local date at receipt; `elsewhere` are tokens that ask for a stop. */
export function readPromise(
  text: TokenText,
  asked: { readonly today: LocalDate; readonly prompt: OpenPrompt | null; readonly elsewhere: ReadonlySet<number> },
): PromiseReading {
  const { today, prompt, elsewhere } = asked;
  const { tokens } = text;
  if (tokens.length === 0) return { kind: 'none' };
  const open = prompt?.kind === 'promise' ? prompt : null;
  const accepted = acceptance(text, open, today);
  if (accepted !== null) return accepted;

  const dates = findDates(tokens, today);
  const taken = new Set<number>();
  for (const date of dates) for (let i = date.from; i < date.to; i += 1) taken.add(i);
  const amounts = findAmounts(tokens, taken);
  if (dates.length === 0 && amounts.length === 0) return { kind: 'none' };
  const words = tokens.flatMap((token, i) => (elsewhere.has(i) ? [] : [token.word])).join(' ');
  const said = new Set([...taken, ...tokensOf(amounts)]);
  const bare = tokens.every((token, i) => said.has(i) || BARE.test(token.word));
  const intent = INTENT.test(`${words} `) || INTENT_ES.test(words) || bare;
  const days = new Set(dates.flatMap((date) => (date.kind === 'day' ? [date.on] : [])));
  const sums = new Set(amounts.map((amount) => amount.cents));
  const both = dates.length > 0 && amounts.some((amount) => amount.sure || tokens.length <= 8);
  if (!intent) return both || (open !== null && (days.size > 0 || sums.size > 0)) ? { kind: 'near' } : { kind: 'none' };

  const asking = tokens.some((token, i) => said.has(i) && text.questions.has(token.sentence));
  // "I get paid friday" is income to come, not a payment made
  const withoutPayday = words.replaceAll(MEANS_RECEIVING, ' ');
  const doubtful =
    NEGATED.test(words) ||
    HEDGED.test(words) ||
    SPANISH_IF.test(words) ||
    PAST.test(withoutPayday) ||
    ASKS.test(words) ||
    asking ||
    THIRD_PARTY_MONEY.test(words) ||
    (withoutPayday !== words && sums.size === 0);
  const near: PromiseReading = days.size > 0 || sums.size > 0 || dates.length > 0 ? { kind: 'near' } : { kind: 'none' };
  const on = [...days][0];
  if (doubtful || days.size !== 1 || on === undefined || dates.some((date) => date.kind === 'vague')) {
    return completed(open, { days: days.size, sums: [...sums], doubtful }) ?? near;
  }
  const ahead = daysBetween(today, on);
  if (ahead < 0 || ahead > PROMISE_DAYS_AHEAD) return near;
  const amountCents = [...sums][0];
  // "50 now and 50 on friday" is two sums, though they are alike
  const paidTwice = amounts.length > 1 && tokens.some((token) => token.word === 'and' || token.word === 'y');
  if (sums.size === 1 && amountCents !== undefined && amountCents > 0 && !paidTwice)
    return { kind: 'promise', promise: { amountCents, on }, accepted: false };
  return sums.size === 0 ? { kind: 'date-only', promise: { amountCents: null, on } } : near;
}

/** A plain yes to our own question. Anything after it ("yes but monday") is for a person. */
function acceptance(text: TokenText, open: OpenPrompt | null, today: LocalDate): PromiseReading | null {
  if (text.tokens.length > 8 || !YES_WORDS.has(yesWords(text.tokens)) || text.questions.size > 0) return null;
  if (open === null || open.on === null) return null;
  const ahead = daysBetween(today, open.on);
  if (ahead < 0 || ahead > PROMISE_DAYS_AHEAD || open.amountCents === null || open.amountCents <= 0)
    return { kind: 'near' };
  return { kind: 'promise', promise: { amountCents: open.amountCents, on: open.on }, accepted: true };
}

/** We asked how much for a day we named, and the answer is one sum. */
function completed(
  open: OpenPrompt | null,
  read: { days: number; sums: readonly number[]; doubtful: boolean },
): PromiseReading | null {
  const amountCents = read.sums[0];
  if (open === null || read.doubtful || open.on === null || open.amountCents !== null) return null;
  if (read.days > 0 || read.sums.length !== 1 || amountCents === undefined || amountCents <= 0) return null;
  return { kind: 'promise', promise: { amountCents, on: open.on }, accepted: false };
}
