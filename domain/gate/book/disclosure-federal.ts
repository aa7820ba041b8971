import { row, type RuleRow } from '../rule-row.ts';

/** rules.md §1.1, second half: what a message must say and may not say. */
const policyInFirst = { kindFirstParty: 'policy' } as const;

export const disclosureFederal: readonly RuleRow[] = [
  row({
    id: 'limited-content',
    citation: '12 CFR 1006.2(j)',
    classes: [5],
    mark: 'V',
    says: 'The voicemail says more than a limited-content message may, without saying who collects.',
  }),
  row({
    id: 'mini-miranda',
    citation: '12 CFR 1006.18(e)',
    classes: [5],
    mark: 'V',
    says: 'The message does not say that it comes from a debt collector.',
  }),
  row({
    ...policyInFirst,
    id: 'identity-call',
    citation: '12 CFR 1006.14(g); 47 CFR 64.1200(b)',
    classes: [5],
    lawInStates: ['MA', 'TX'],
    mark: 'V',
    says: 'The call does not begin with who is calling.',
  }),
  row({
    id: 'validation',
    citation: '12 CFR 1006.34(a), (b)(5)',
    classes: [5],
    mark: 'V',
    says: 'The validation notice is overdue: it goes first.',
  }),
  row({
    id: 'overshadow',
    citation: '12 CFR 1006.38(b)(1)',
    classes: [5],
    mark: 'V',
    says: 'The text hurries the borrower while they may still dispute the debt.',
  }),
  row({
    id: 'dispute-cease',
    citation: '12 CFR 1006.38(d)(2)',
    classes: [1],
    mark: 'V',
    says: 'The borrower disputed the debt in writing, and no verification has been sent.',
  }),
  row({
    id: 'disclosures-keepable',
    citation: '12 CFR 1006.42',
    classes: [5],
    mark: 'V',
    says: 'A required notice must come in a form that the borrower can keep.',
  }),
  row({
    ...policyInFirst,
    id: 'time-barred',
    citation: '12 CFR 1006.26(b)',
    classes: [5],
    mark: 'V',
    says: 'The time for a lawsuit has run, or nobody knows: no suit, and no threat of one.',
  }),
  row({
    id: 'furnish-wait',
    citation: '12 CFR 1006.30(a)(1)',
    classes: [2],
    mark: 'B',
    says: 'Report to a bureau only after speaking, or 14 days after a notice that did not come back.',
  }),
  row({
    ...policyInFirst,
    id: 'envelope',
    citation: '12 CFR 1006.22(f)(1)-(2)',
    classes: [5],
    lawInStates: ['MA', 'PA'],
    mark: 'B',
    says: 'A postcard, or an envelope that hints at a debt, may not go.',
  }),
  row({
    id: 'call-recording',
    citation: 'State two-party consent laws',
    classes: [5],
    kind: 'counsel',
    mark: 'B',
    says: 'The call does not begin by saying that it is recorded.',
  }),
];
