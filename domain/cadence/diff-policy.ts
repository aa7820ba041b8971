import type { Policy, Step } from './policy.ts';

/** What differs between two policies. `id` is the family of a step, `policy` for the head, `end` for the ladder's end. */
export type PolicyChange =
  | { readonly kind: 'added' | 'removed'; readonly id: string; readonly says: string }
  | {
      readonly kind: 'changed';
      readonly id: string;
      readonly field: string;
      readonly before: string;
      readonly after: string;
    };

/** Step by step, in the order of the new ladder with what it no longer has after it. Steps are matched by family. */
export function diffPolicies(before: Policy, after: Policy): PolicyChange[] {
  const changes: PolicyChange[] = [];
  const head = (policy: Policy): Record<string, unknown> => ({ ...policy, steps: null, end: null });
  changes.push(...fieldChanges('policy', head(before), head(after)));
  const old = new Map(before.steps.map((step) => [step.family, step]));
  for (const step of after.steps) {
    const was = old.get(step.family);
    old.delete(step.family);
    if (was === undefined) changes.push({ kind: 'added', id: step.family, says: stepLine(step) });
    else changes.push(...fieldChanges(step.family, was, step));
  }
  for (const step of old.values()) changes.push({ kind: 'removed', id: step.family, says: stepLine(step) });
  return [...changes, ...fieldChanges('end', before.end, after.end)];
}

function fieldChanges(id: string, before: object, after: object): PolicyChange[] {
  const was = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([field, now]): PolicyChange[] => {
    const [left, right] = [said(was.get(field)), said(now)];
    return left === right ? [] : [{ kind: 'changed', id, field, before: left, after: right }];
  });
}

/** A value as a lender reads it; equal values read equal. */
function said(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(said).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${said(inner)}`)
      .join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** One step in one line: `day 13 sms pay-or-reply, once a cycle`. */
export function stepLine(step: Step): string {
  const when = step.day === null ? `${step.anchor} + ${said(step.offset)}` : `day ${step.day}`;
  const what = step.template === null ? `“${step.title}”` : step.template;
  const marks = [step.statutory === null ? null : '†', step.approvals === 0 ? null : `approvals ${step.approvals}`];
  return [`${when} ${step.channel} ${what}`, `repeats ${step.repeats}`, ...marks.filter((mark) => mark !== null)].join(
    ', ',
  );
}
