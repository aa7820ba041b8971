/** GSM 03.38 basic set: one septet each. Spanish é, ñ, ü, ¿ and ¡ are in it; á, í, ó and ú are not. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Its extension table: an escape and the character, two septets. */
const EXTENDED = '\f^{}\\[~]|€';

export interface TextLength {
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  /** Septets of GSM-7, UTF-16 units of UCS-2. */
  units: number;
}

/** A text of more segments costs more and may arrive torn: it is refused (bank policy). */
export const MAX_SEGMENTS = 2;

/** What a text weighs on the network. One character outside GSM-7 turns the whole text into UCS-2. (3GPP TS 23.038, 23.040) */
export function measureText(text: string): TextLength {
  const weights = Array.from(text, (char) => (BASIC.includes(char) ? 1 : EXTENDED.includes(char) ? 2 : null));
  if (weights.includes(null)) return { encoding: 'UCS-2', ...fit(utf16Widths(text), { alone: 70, joined: 67 }) };
  return {
    encoding: 'GSM-7',
    ...fit(
      weights.filter((weight) => weight !== null),
      { alone: 160, joined: 153 },
    ),
  };
}

/** A surrogate pair is never torn between two segments. */
function utf16Widths(text: string): number[] {
  return Array.from(text, (char) => char.length);
}

function fit(widths: readonly number[], room: { alone: number; joined: number }): { segments: number; units: number } {
  const units = widths.reduce((sum, width) => sum + width, 0);
  if (units <= room.alone) return { segments: 1, units };
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    // An escape pair that does not fit goes whole to the next segment.
    if (used + width > room.joined) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return { segments, units };
}
