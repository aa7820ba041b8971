/** Contract, "How the text is read" 3: one edit or one swap of neighbours away from these; never from END. */
const TARGETS = ['stop', 'alto', 'quit', 'unsubscribe', 'cancel', 'revoke'] as const;

/** Ordinary words one edit from a target (English and Spanish): a person decides, SMS is held meanwhile. */
const ORDINARY = new Set(
  (
    'step shop top stoop atop slop sop stow stomp strop swop stoup stops ' +
    'also auto alt alta altos altar aldo salto alton ato ' +
    'quiet quite suit quid quip quiz quilt quint quits quoit ' +
    'subscribe unsubscribed unsubscribes unsubscriber cancer cancels chancel cancela cancele cancelo evoke invoke revoked revokes ' +
    'revoker provoke canceled cancelled cancelling canceling stopped stopping quitting quitter'
  ).split(' '),
);

/** True inflections are never repaired: "stops" alone is not "stop". */
export type Nearness = 'misspelt' | 'ordinary' | 'far';

/** How a message of one word stands to the stop words: only words of four letters or more can be misspelt stops. */
export function nearness(word: string): Nearness {
  if (!/^[a-z]+$/.test(word) || word.length > 14) return 'far';
  const near = TARGETS.some((target) => isOneEditAway(word, target));
  if (ORDINARY.has(word)) return 'ordinary';
  if (!near) {
    const single = word.replace(/([a-z])\1+/g, '$1');
    return single !== word && single === 'stop' ? 'misspelt' : 'far';
  }
  return word.length >= 4 ? 'misspelt' : 'ordinary';
}

/** Whether `word` looks like "stop" when a word about messaging follows ("sotp texing me", "step texting me"). */
export function isNearStop(word: string): boolean {
  return word !== 'stop' && word.length >= 3 && /^[a-z]+$/.test(word) && word !== 'also' && isOneEditAway(word, 'stop');
}

/** One insertion, deletion, substitution or swap of neighbours (optimal string alignment distance 1). */
export function isOneEditAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i += 1;
  if (a.length === b.length) {
    if (a.slice(i + 1) === b.slice(i + 1)) return true;
    return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
  }
  return a.length > b.length ? a.slice(i + 1) === b.slice(i) : a.slice(i) === b.slice(i + 1);
}
