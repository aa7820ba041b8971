import type { GateFacts } from './facts.ts';

/**
 * The facts as one canonical JSON text: keys sorted by code unit, no spaces, lists in their order. Equal facts give
 * equal texts whatever order their fields were set in (RFC 8785's shape for the values that facts hold).
 */
export function canonicalFacts(facts: GateFacts): string {
  return canonical(facts);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`);
  return `{${fields.join(',')}}`;
}
