import { row, type RuleRow } from '../rule-row.ts';

/** rules.md §1.8: reporting, fair lending, security, conduct, records. */
export const conduct: readonly RuleRow[] = [
  row({
    id: 'fcra-direct-dispute',
    citation: '12 CFR 1022.43; FCRA 623(a)(8)',
    mark: 'V',
    judgedBy: 'clocks',
    says: 'A direct dispute is answered within 30 days and marked meanwhile.',
  }),
  row({
    id: 'fcra-negative-notice',
    citation: 'FCRA 623(a)(7)',
    mark: 'B',
    judgedBy: 'clocks',
    says: 'A notice goes with the first negative report.',
  }),
  row({
    id: 'fcra-dofd',
    citation: 'FCRA 623(a)(5)',
    mark: 'B',
    judgedBy: 'ledger',
    says: 'The date of first delinquency is never moved.',
  }),
  row({
    id: 'ecoa-adverse',
    citation: '12 CFR 1002.2(c), 1002.9',
    mark: 'V',
    judgedBy: 'clocks',
    says: 'A request for new terms is answered within 30 days.',
  }),
  row({
    id: 'ecoa-neutral',
    citation: '12 CFR 1002',
    mark: 'B',
    judgedBy: 'people',
    says: 'No treatment rests on a prohibited basis.',
  }),
  row({
    id: 'glba-banks',
    citation: '12 CFR 364 App. B, 30 App. B, 208 App. D-2; 16 CFR 314',
    mark: 'B',
    judgedBy: 'records',
    says: 'Data is guarded and incidents are told in 36 hours.',
  }),
  row({
    id: 'udaap-content',
    citation: '12 USC 5531, 5536; FTC Act 5',
    classes: [5],
    mark: 'B',
    says: 'The amount in the message is not the ledger’s.',
  }),
  row({
    id: 'amount-asof',
    citation: '12 USC 5531; bank policy',
    mark: 'POLICY',
    judgedBy: 'ledger',
    says: 'Amounts carry their date and are read again before sending.',
  }),
  row({
    id: 'retention',
    citation: '12 CFR 1006.100 and others',
    mark: 'V/B',
    judgedBy: 'records',
    says: 'Records are kept for their time.',
  }),
  row({
    id: 'decision-log',
    citation: '12 CFR 1006.100',
    kind: 'policy',
    mark: 'POLICY',
    judgedBy: 'records',
    says: 'Each decision is kept with its reasons.',
  }),
];
