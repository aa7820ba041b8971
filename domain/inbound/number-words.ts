/** A table of words and the number that they mean: `monday mon = 1 ; tuesday tue = 2`. */
export function numberWords(table: string): ReadonlyMap<string, number> {
  const map = new Map<string, number>();
  for (const entry of table.split(';')) {
    const [words, value] = entry.split('=');
    if (words === undefined || value === undefined) continue;
    for (const word of words.trim().split(/\s+/)) map.set(word, Number(value));
  }
  return map;
}
