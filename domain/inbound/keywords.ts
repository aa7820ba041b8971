import type { Token } from './tokens.ts';

/** Contract, "How the text is read" 2: a whole message that is one of these is a stop. */
export const STOP_WORDS: ReadonlySet<string> = new Set([
  'stop',
  'stopall',
  'stop all',
  'end',
  'quit',
  'cancel',
  'unsubscribe',
  'revoke',
  'optout',
  'opt out',
  'remove',
  'remove me',
  'alto',
  'parar',
  'pare',
  'basta',
  // Carriers and other languages: AWS mirrors ARRET; STOP2END is a common short form; CANCELAR, DETENER are what ALTO means.
  'stop2end',
  'stoptoend',
  'arret',
  'arrete',
  'cancelar',
  'detener',
  'cton',
  'paren',
  'ya basta',
  'no mas',
  'ya no',
  'stop me',
  'unsubscribe me',
  'unsub',
  'opt me out',
  'opting out',
  'stop end',
  'stop to opt out',
  'stop to end',
  'stop to cancel',
  'stop to quit',
  'stop to unsubscribe',
  'stop quit',
  'optar por no',
  'stop stop',
  'stop unsubscribe',
  'stopsms',
  'stoptext',
  'stoptexts',
  'cancel sms',
  'stop2',
  'cancel all',
  'end all',
  'quit all',
  'baja',
  'darme de baja',
  'no more',
  'stop texting',
  'desuscribir',
  'desuscribirme',
  'parenle',
  'stoptexting',
  'stoptextingme',
  'eliminar',
  'eliminarme',
  'borrarme',
  'cancelar suscripcion',
  'deje de',
  'detenganse',
  'detente',
  'detengase',
  'paren ya',
  'paren por favor',
]);
const SPANISH_STOP =
  /^(?:alto|parar|pare|paren|basta|ya basta|parenle|no mas|ya no|cancelar|detener|baja|darme de baja|desuscribir|desuscribirme|eliminar|eliminarme|borrarme|deten\w+|cancelar suscripcion|paren ya)$/;

/** A stop word that stands as a sentence of its own inside a longer message. `end` counts only as the whole message. */
export const OWN_SENTENCE_STOPS: ReadonlySet<string> = new Set([
  'stop',
  'stopall',
  'stop all',
  'quit',
  'cancel',
  'unsubscribe',
  'revoke',
  'optout',
  'opt out',
  'alto',
  'parar',
  'pare',
  'basta',
  'paren',
  'ya basta',
  'remove me',
  'opt me out',
  'unsubscribe me',
  'stop2end',
  'arret',
  'cton',
  'stop stop',
  'no mas',
  'remove',
]);
/** Of these, the ones that also count between commas. */
export const OWN_CLAUSE_STOPS: ReadonlySet<string> = new Set([
  'stop',
  'stopall',
  'stop all',
  'unsubscribe',
  'optout',
  'opt out',
  'alto',
  'basta',
  'ya basta',
  'remove me',
  'unsubscribe me',
  'stop stop',
  'opt me out',
]);

export const HELP_WORDS: ReadonlySet<string> = new Set([
  'help',
  'info',
  'ayuda',
  'help info',
  'help help',
  'informacion',
  'help me',
  'more info',
  'information',
]);
export const START_WORDS: ReadonlySet<string> = new Set(['start', 'unstop']);
export const WHO_IS_THIS: ReadonlySet<string> = new Set([
  'who is this',
  'who dis',
  'who this',
  'who are you',
  'who is dis',
  'who is it',
  'quien es',
  'quien es usted',
  'quien habla',
  'quien eres',
  'who texted me',
  'who is texting me',
  'who is texting',
]);
/** Contract, Boundaries: with an open promise prompt these accept; anything longer is for a person. */
export const YES_WORDS: ReadonlySet<string> = new Set([
  'y',
  'yes',
  'yep',
  'yeah',
  'yea',
  'yup',
  'ok',
  'okay',
  'si',
  'yes i will',
  'yes please',
  'ok yes',
  'yes ok',
  'yes yes',
  'si si',
  'yes confirm',
  'si confirmo',
  'si senor',
  'si senora',
  'yes i can',
  'yes i confirm',
  'si por favor',
]);

/** Courtesy around a keyword that changes nothing. */
const POLITE = new Set(
  (
    'please now thanks thank you just ok okay hey hi hello yo omg wtf already it this that the sir maam madam immediately right ' +
    'kindly por favor ya gracias lol reply text texted txt say says type send sent i said dammit damn fucking fuck shit again so a ' +
    'and anymore hola today forever guys people y oye mr ms mrs miss asap urgent dude bro man'
  ).split(' '),
);
const STRIPPED_FOR_YES = new Set('thanks thank you sir maam madam gracias ma am'.split(' '));
const STRIPPED_FOR_HELP = new Set('please thanks thank you pls por favor gracias hey hi hello hola me'.split(' '));

/** The words of a message as one string, without courtesy. `end` keeps its courtesy: it counts alone only. */
export function bareWords(tokens: readonly Token[]): string {
  const words = tokens.map((token) => token.word);
  const left = words.filter((word) => !POLITE.has(word));
  return left.join(' ');
}

export const wholeWords = (tokens: readonly Token[]): string => tokens.map((token) => token.word).join(' ');
export const yesWords = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => token.word)
    .filter((word) => !STRIPPED_FOR_YES.has(word))
    .join(' ');
export const helpWords = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => token.word)
    .filter((word) => !STRIPPED_FOR_HELP.has(word))
    .join(' ');

/** STOP with a tail of digits or "2end"; digits read as letters have been tried before. */
const STOP_TAIL = /^stop(?:all)?(?:\d{1,12}|2end|2quit|to\d*end|2stop)$/;
const REPEATED =
  /^(?:stop|quit|cancel|basta|alto|unsubscribe)(?: (?:stop|quit|cancel|basta|alto|unsubscribe|texting|end|all|text|texts|messages|msg|sms|message)){1,8}$/;

/** Whether these words, as a whole message, are a stop. */
export function isStopMessage(words: string): boolean {
  return (
    STOP_WORDS.has(words) ||
    STOP_TAIL.test(words) ||
    REPEATED.test(words) ||
    /^(?:stop|cancel|unsubscribe|quit|alto|stopall)(?: #?\d{1,12})+$/.test(words)
  );
}

export const isSpanishStop = (words: string): boolean => SPANISH_STOP.test(words);
