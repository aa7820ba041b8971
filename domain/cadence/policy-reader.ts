/** What is wrong with a policy, where, and why it matters to a lender. `path` is written like `steps[3].late.action`. */
export type PolicyProblem = { readonly path: string; readonly what: string; readonly why: string };

const NOT_SCHEMA = 'a policy file has the shape of policies/policy.schema.json';

/** Reads one JSON object field by field and collects what is wrong; the values read after a problem are not to be used. */
export class ObjectReader {
  readonly path: string;
  readonly problems: PolicyProblem[];
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(value: unknown, path: string, problems: PolicyProblem[], known: readonly string[]) {
    this.path = path;
    this.problems = problems;
    this.#fields = isRecord(value) ? value : {};
    if (!isRecord(value)) {
      this.#report('', value === undefined ? 'is missing' : `must be an object, is ${shown(value)}`);
      this.problems = []; // the fields of what is not there are no further problems
    }
    for (const key of Object.keys(this.#fields))
      if (!known.includes(key)) this.#report(key, `is not a field here; known are ${known.join(', ')}`);
  }

  has(key: string): boolean {
    return this.#fields[key] !== undefined;
  }

  text(key: string, pattern: RegExp = /\S/): string {
    const value = this.#fields[key];
    if (typeof value === 'string' && pattern.test(value)) return value;
    this.#report(key, value === undefined ? 'is missing' : `must be a text like ${pattern.source}, is ${shown(value)}`);
    return '';
  }

  textOrNull(key: string): string | null {
    const value = this.#fields[key];
    return value === undefined || value === null ? null : this.text(key);
  }

  integer(key: string, least: number, most: number): number {
    const value = this.#fields[key];
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    const wanted = `a whole number from ${least} to ${most}`;
    this.#report(key, value === undefined ? 'is missing' : `must be ${wanted}, is ${shown(value)}`);
    return least;
  }

  integerOr<Else>(key: string, range: readonly [number, number], otherwise: Else): number | Else {
    const value = this.#fields[key];
    return value === undefined || value === null ? otherwise : this.integer(key, range[0], range[1]);
  }

  flag(key: string, otherwise: boolean): boolean {
    const value = this.#fields[key];
    if (value === undefined) return otherwise;
    if (typeof value === 'boolean') return value;
    this.#report(key, `must be true or false, is ${shown(value)}`);
    return otherwise;
  }

  word<Word extends string>(key: string, words: readonly Word[], otherwise?: Word): Word {
    const value = this.#fields[key];
    if (value === undefined && otherwise !== undefined) return otherwise;
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    this.#report(key, value === undefined ? 'is missing' : `must be one of ${words.join(', ')}; is ${shown(value)}`);
    return words[0] ?? ('' as Word);
  }

  words<Word extends string>(key: string, words: readonly Word[], otherwise: readonly Word[] | null): readonly Word[] {
    return this.list(key, otherwise, (value, path) => {
      const found = words.find((word) => word === value);
      if (found === undefined) this.#reportAt(path, `must be one of ${words.join(', ')}; is ${shown(value)}`);
      return found ?? words[0] ?? ('' as Word);
    });
  }

  /** `otherwise` null: the list must be there. */
  list<Item>(
    key: string,
    otherwise: readonly Item[] | null,
    read: (value: unknown, path: string) => Item,
  ): readonly Item[] {
    const value = this.#fields[key];
    if (value === undefined && otherwise !== null) return otherwise;
    if (Array.isArray(value)) return value.map((item: unknown, index) => read(item, `${this.at(key)}[${index}]`));
    this.#report(key, value === undefined ? 'is missing' : `must be a list, is ${shown(value)}`);
    return [];
  }

  child(key: string, known: readonly string[]): ObjectReader {
    return new ObjectReader(this.#fields[key], this.at(key), this.problems, known);
  }

  at(key: string): string {
    return key === '' ? this.path : this.path === '' ? key : `${this.path}.${key}`;
  }

  #report(key: string, what: string): void {
    this.#reportAt(this.at(key), what);
  }

  #reportAt(path: string, what: string): void {
    this.problems.push({ path, what, why: NOT_SCHEMA });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
