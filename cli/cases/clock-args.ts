import type { LocalDate } from '../../domain/calendar/days.ts';
import { CaseError, isCaseDate } from './clock-moments.ts';

/** A question's `args`, read field by field. Every reader throws a {@link CaseError} that names the field. */
export type CaseArgs = Readonly<Record<string, unknown>>;

function present(args: CaseArgs, name: string): boolean {
  return args[name] !== undefined && args[name] !== null;
}

/** A string, or `fallback` when absent. */
export function textArg<T extends string | null>(args: CaseArgs, name: string, fallback: T): string | T {
  if (!present(args, name)) return fallback;
  const value = args[name];
  if (typeof value !== 'string') throw new CaseError(`args.${name}: must be a string`);
  return value;
}

/** A local date, or null when absent. */
export function dateArg(args: CaseArgs, name: string): LocalDate | null {
  if (!present(args, name)) return null;
  const value = args[name];
  if (!isCaseDate(value)) throw new CaseError(`args.${name}: must be a date YYYY-MM-DD`);
  return value;
}

/** A boolean, or `fallback` when absent. */
export function flagArg(args: CaseArgs, name: string, fallback: boolean): boolean {
  if (!present(args, name)) return fallback;
  const value = args[name];
  if (typeof value !== 'boolean') throw new CaseError(`args.${name}: must be true or false`);
  return value;
}

/** A whole number, or null when absent. */
export function integerArg(args: CaseArgs, name: string): number | null {
  if (!present(args, name)) return null;
  const value = args[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw new CaseError(`args.${name}: must be a whole number`);
  return value;
}

/** A required value of a reader that gives null when absent. */
export function required<T>(value: T | null, name: string, ask: string): T {
  if (value === null) throw new CaseError(`args.${name}: needed by ${ask}`);
  return value;
}
