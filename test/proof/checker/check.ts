import { Findings, type Breach } from './breach.ts';
import { checkCaps } from './caps.ts';
import { readEvidence } from './evidence.ts';
import { checkHours } from './hours.ts';
import { checkSteps } from './steps.ts';
import { checkStops } from './stops.ts';

export type Verdict = { readonly figures: Readonly<Record<string, number>>; readonly breaches: readonly Breach[] };

/**
 * Judges a run by what was asked back from it (`makegood export`), what the core had sent, and what borrowers did. It
 * knows the contracts and the policy files, and no code of the product. An empty export is a breach, not a clean sheet.
 */
export function check(folder: string, policyFolder: string): Verdict {
  const evidence = readEvidence(folder, policyFolder);
  const findings = new Findings();
  findings.count('loans in the first file', evidence.nights[0]?.loans.size ?? 0);
  findings.count('nightly files', evidence.nights.length - 1);
  findings.count('cases', evidence.cases.length);
  findings.count('contacts exported', evidence.contacts.length);
  findings.count('decisions exported', evidence.decisions.length);
  if (evidence.cases.length === 0 || evidence.contacts.every(({ policy }) => policy === null))
    findings.breach('-', 'no-evidence', 'no case or no step of a cadence was exported: there is nothing to judge');
  checkHours(evidence, findings);
  checkCaps(evidence, findings);
  checkStops(evidence, findings);
  checkSteps(evidence, findings);
  return { figures: findings.figures, breaches: findings.breaches };
}
