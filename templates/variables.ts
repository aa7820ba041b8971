/** What a variable holds. All are strings, already formatted; a list is one string, a line an item. */
export type VariableKind = 'text' | 'money' | 'date' | 'phone' | 'mailbox' | 'link' | 'count' | 'list';

export interface VariableSchema {
  kind: VariableKind;
  /** May be empty: its template asks with `if` before it shows it. */
  optional?: true;
  sample: { en: string; es: string };
}

const both = (kind: VariableKind, sample: string): VariableSchema => ({ kind, sample: { en: sample, es: sample } });
const each = (kind: VariableKind, en: string, es: string): VariableSchema => ({ kind, sample: { en, es } });

/** Every name that a template may use, with what it looks like at its usual longest. */
export const VARIABLES = {
  firstName: both('text', 'Alexandria'),
  personName: both('text', 'Alexandria Montgomery'),
  lenderName: both('text', 'First Example Bank'),
  lenderPhone: both('phone', '202-555-0100'),
  lenderEmail: both('mailbox', 'care@firstbank.example'),
  lenderAddress: both('text', '100 Main Street, Springfield, OH 45501'),
  openingHours: each('text', 'Monday to Friday, 9 am to 5 pm', 'lunes a viernes, 9 am a 5 pm'),
  opensAt: each('text', 'Monday at 9 am', 'el lunes a las 9 am'),
  payLink: both('link', 'https://pay.firstbank.example/l/8f3kq2'),
  stopLink: both('link', 'https://pay.firstbank.example/stop'),
  loanLast4: both('text', '4417'),
  loanCount: both('count', '3'),
  loanKind: each('text', 'auto loan', 'préstamo de auto'),
  amountDue: both('money', '$1,234.56'),
  amountPaid: both('money', '$250.00'),
  asOf: each('date', 'December 1, 2026', '1 de diciembre de 2026'),
  oldestDueOn: each('date', 'October 28, 2026', '28 de octubre de 2026'),
  thirtyDaysOn: each('date', 'November 27, 2026', '27 de noviembre de 2026'),
  payBy: each('date', 'December 16, 2026', '16 de diciembre de 2026'),
  cureBy: each('date', 'December 26, 2026', '26 de diciembre de 2026'),
  cureLaw: both('text', 'C.R.S. 5-5-110, 5-5-111'),
  lateAgainMonths: { kind: 'count', optional: true, sample: { en: '12', es: '12' } },
  breachBy: each('date', 'January 5, 2027', '5 de enero de 2027'),
  propertyAddress: both('text', '12 Oak Lane, Springfield, OH 45502'),
  promiseDate: each('date', 'Saturday, December 5', 'sábado, 5 de diciembre'),
  paidAt: each('date', 'December 1, 2026', '1 de diciembre de 2026'),
  traceId: both('text', 'MG-7K2P-9QX4'),
  loanList: { kind: 'list', sample: { en: '4417: $310.00\n9902: $45.10', es: '4417: $310.00\n9902: $45.10' } },
} as const satisfies Record<string, VariableSchema>;

export type VariableName = keyof typeof VARIABLES;

/** The schema of a name; null for a name that is not catalogued. */
export function variableSchema(name: string): VariableSchema | null {
  const known: Readonly<Record<string, VariableSchema>> = VARIABLES;
  return Object.hasOwn(known, name) ? (known[name] ?? null) : null;
}

/** Sample data for a template: what an editor previews and what tests render. */
export function sampleFor(names: readonly VariableName[], language: 'en' | 'es'): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, VARIABLES[name].sample[language]]));
}
