import { TOWNS } from './places.ts';
import type { Place } from './places.ts';
import type { Random } from './random.ts';

/**
 * Hands out numbers that reach nobody: 555-0100 to 555-0199 of a real area code, as fiction does. A lender larger than
 * those runs on into the rest of the 555 exchange, whose lines are assigned to no subscriber (555-1212 is left out).
 */
export class TelephoneBook {
  readonly #next = new Map<string, number>();

  number(place: Place, random: Random): string {
    const wanted = random.pick(place.areaCodes);
    const code = this.#hasFiction(wanted) ? wanted : (this.#another(place) ?? wanted);
    const count = this.#next.get(code) ?? 0;
    this.#next.set(code, count + 1);
    return `+1${code}555${lineOf(count)}`;
  }

  // A phone from the next town of the same zone, as people who moved have.
  #another(place: Place): string | undefined {
    const near = [place, ...TOWNS.filter((town) => town.zone === place.zone)];
    return near.flatMap((town) => town.areaCodes).find((code) => this.#hasFiction(code));
  }

  #hasFiction(code: string): boolean {
    return (this.#next.get(code) ?? 0) < 100;
  }
}

function lineOf(count: number): string {
  if (count < 100) return String(100 + count).padStart(4, '0');
  const line = 200 + ((count - 100) % 9_700);
  return String(line === 1212 ? 199 : line).padStart(4, '0');
}
