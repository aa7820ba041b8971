import { isStopSign } from './emoji.ts';

export type Reaction =
  | { readonly kind: 'none' }
  /** A stop sign put on one of our messages. */
  | { readonly kind: 'stop' }
  /** Liked, loved, laughed at: a person may look, nothing is held. */
  | { readonly kind: 'friendly' }
  /** Any other sign put on our message: held. */
  | { readonly kind: 'other' };

// The quoted part is our own text and is never read. Anchored at both ends; one bounded lazy run, so linear.
const QUOTED = '[“"«\'‘„”]';
const ENGLISH =
  /^\s*(?:removed an? (?<removed>[\p{L} ]{1,30}) from|(?<verb>liked|loved|disliked|laughed at|emphasi[sz]ed|questioned)|reacted (?:with )?(?<sign>\S{1,16}(?: \S{1,8})?) to)\s+(?:an? (?:image|attachment|photo|movie|message|video|link)\b|[“"«'‘„”])/iu;
const SPANISH =
  /^\s*(?:(?<verb>le gust[oó]|me gusta|le encant[oó]|me encanta|le encanta|se ri[oó] de|(?:le )?dio risa|enfatiz[oó]|(?:a .{1,30} )?le gust[oó]|no le gust[oó]|cuestion[oó])|reaccion[oó] (?:con )?(?<sign>\S{1,16}) (?:a|en))\s+(?:una? (?:imagen|foto|mensaje)\b|[“"«'‘„”])/iu;
const ANDROID = new RegExp(
  `^\\s*(?<sign>[\\p{Extended_Pictographic}\\u200d\\ufe0f\\u{1f3fb}-\\u{1f3ff}]{1,8})\\s+(?:to|a)\\s+${QUOTED}`,
  'iu',
);

/** Recognises tapbacks of iPhones and Androids in English and Spanish. */
export function readReaction(text: string): Reaction {
  const head = text.slice(0, 200);
  const match = ENGLISH.exec(head) ?? SPANISH.exec(head) ?? ANDROID.exec(head);
  if (match === null) return { kind: 'none' };
  const sign = match.groups?.['sign'];
  if (sign !== undefined) {
    if (isStopSign(sign)) return { kind: 'stop' };
    return /[👍❤♥😂😆🤣😊🙂😀👏🎉💯🙏😍🥰👌]/u.test(sign) ? { kind: 'friendly' } : { kind: 'other' };
  }
  const verb = (match.groups?.['verb'] ?? match.groups?.['removed'] ?? '').toLowerCase();
  if (match.groups?.['removed'] !== undefined) return { kind: 'friendly' };
  return /dislik|question|no le|cuestion/.test(verb) ? { kind: 'other' } : { kind: 'friendly' };
}

/** What follows the quoted part, when the writer added words of their own after a tapback; '' otherwise. */
export function afterQuoted(text: string): string {
  const close = Math.max(text.lastIndexOf('”'), text.lastIndexOf('"'), text.lastIndexOf('»'), text.lastIndexOf('’'));
  const open = text.search(/[“"«‘„]/u);
  return open >= 0 && close > open ? text.slice(close + 1) : '';
}

const AUTO_REPLY =
  /^\W*(?:(?:i'?m|i am) (?:currently )?driving\b(?:.{0,60}(?:do not disturb|focus|turned on|see your message|will see|get back|when i|right now|sent from))?|.{0,80}\b(?:do not disturb (?:while driving )?(?:is )?(?:turned )?on|with do not disturb)|automatic reply|auto[- ]?(?:reply|response|reponse)|this is an auto|out of (?:the )?office|(?:i am|i'?m)(?: currently)? (?:out of (?:the )?office|on vacation|on leave|away from (?:my )?(?:phone|desk|email))|.{0,80}\bi (?:am|will be)(?: currently)? out of (?:the )?office|(?:thank you|thanks) for (?:your (?:message|email|text)|contacting|reaching)|.{0,60}\bautomated (?:reply|response|message)|.{0,80}(?:fuera de la oficina|respuesta automatica)|(?:estoy|voy) (?:manejando|conduciendo)|i'?m sorry,? i can'?t talk right now|sorry,? i can'?t talk right now|ooo\b|\[?auto(?:matic)? ?(?:reply|responder))/;

/** Known replies of a phone or mailbox, by their opening words. `plain` is lower case without accents. */
export function isAutoReply(plain: string): boolean {
  return AUTO_REPLY.test(plain.slice(0, 240).replaceAll('\n', ' ').trim());
}
