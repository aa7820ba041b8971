import type { TemplateEntry } from '../entry.ts';
import type { VariableName } from '../variables.ts';

/** Model Notice B-1, 12 CFR 1022 appendix B: unchanged, it is a safe harbour (FCRA 623(a)(7)). */
export const B_1 =
  'We may report information about your account to credit bureaus. Late payments, missed payments, or other defaults on your account may be reflected in your credit report.';
/** MS-4(A), (B) and (C), 12 CFR 1024 appendix MS-4: model clauses of the written early intervention notice. */
const MS_4 = [
  'Call us today to learn more about your options and instructions for how to apply.',
  'the following options may be possible (most are subject to lender approval)',
  'the Federal government provides contact information for housing counselors',
];
const COUNSELLORS = ['1-800-569-4287'];

const LETTERHEAD = ['personName', 'lenderName', 'lenderPhone', 'openingHours', 'loanLast4'] as const;
const AMOUNT = ['amountDue', 'asOf'] as const;

type Rest = Partial<Omit<TemplateEntry, 'requiredNotices'>> & {
  must?: readonly string[];
  mustInSpanish?: readonly string[];
};

const letter = (
  id: string,
  variables: readonly VariableName[],
  { must = [], mustInSpanish, ...rest }: Rest,
): TemplateEntry => ({
  id,
  channel: 'letter',
  kind: 'notice',
  notice: null,
  languages: mustInSpanish === undefined ? ['en'] : ['en', 'es'],
  variables: [...LETTERHEAD, ...variables],
  requiredNotices: { en: must, es: mustInSpanish ?? [] },
  // Nobody opts out of paper by a word in it: that is a ban on the medium, and the gate's to know.
  content: { optOutText: false, debtFacts: true, amounts: variables.includes('amountDue') ? 'match-ledger' : 'none' },
  enclosures: [],
  citation: null,
  ...rest,
});

/**
 * Letters. Their text is what the timeline shows and what the PDF sets (channels/letters): `# ` a heading, `- ` an item,
 * `! ` a boxed paragraph that must be conspicuous, `Label | value` a row.
 */
export const letters: readonly TemplateEntry[] = [
  letter('late-1', [...AMOUNT, 'oldestDueOn'], {
    must: [B_1],
    mustInSpanish: [B_1],
    citation: '12 CFR 1022 app. B, B-1',
  }),
  letter('before-30', [...AMOUNT, 'oldestDueOn', 'thirtyDaysOn'], {
    must: [B_1],
    mustInSpanish: [B_1],
    citation: '12 CFR 1022 app. B, B-1',
  }),
  letter('second-notice', [...AMOUNT, 'oldestDueOn'], { must: [B_1], mustInSpanish: [B_1] }),
  letter('third-notice', [...AMOUNT, 'oldestDueOn'], { must: [B_1], mustInSpanish: [B_1] }),
  letter('demand-2', [...AMOUNT, 'oldestDueOn', 'payBy'], {}),
  letter('final', [...AMOUNT, 'oldestDueOn', 'payBy'], {}),
  letter('settlement', [...AMOUNT, 'payBy'], {}),
  letter('pre-charge-off', [...AMOUNT, 'payBy'], { must: [B_1] }),
  // The form of UCCC 5.111 (CO, IA, KS, ME, SC and others use it); a state whose row wants another form goes to a person.
  letter(
    'right-to-cure',
    [...AMOUNT, 'loanKind', 'lenderAddress', 'oldestDueOn', 'cureBy', 'cureLaw', 'lateAgainMonths'],
    {
      kind: 'legal',
      notice: 'right-to-cure',
      must: [
        'is the LAST DAY FOR PAYMENT',
        'is the AMOUNT NOW DUE',
        'you may continue with the contract as though you were not late',
      ],
      citation: 'the state’s right-to-cure act, as in domain/clocks/cure-states.ts',
    },
  ),
  letter('hud-counselling', [], {
    kind: 'legal',
    must: COUNSELLORS,
    enclosures: ['HUD-92070'],
    citation: '12 USC 1701x(c)(5)',
  }),
  letter('early-intervention', ['lenderAddress', 'lenderEmail'], {
    kind: 'legal',
    notice: 'early-intervention',
    must: [...MS_4, ...COUNSELLORS],
    citation: '12 CFR 1024.39(b)(2), app. MS-4(A)–(C)',
  }),
  // The four things that uniform instruments ask a breach letter to say, and the two rights it must tell of.
  letter('breach', [...AMOUNT, 'oldestDueOn', 'breachBy', 'propertyAddress', 'lenderAddress'], {
    kind: 'legal',
    notice: 'mortgage-default',
    must: ['may result in acceleration', 'right to reinstate', 'right to bring a court action'],
    content: { optOutText: false, debtFacts: true, amounts: 'match-ledger', threatensSuit: true },
    citation: 'uniform security instrument §22 (rules.md breach-30)',
  }),
  letter('loss-mitigation-package', ['lenderAddress', 'lenderEmail'], {
    must: COUNSELLORS,
    enclosures: ['application for help'],
    citation: '12 CFR 1024.41(b)',
  }),
  letter('loss-mitigation-options', ['lenderAddress', 'lenderEmail'], { must: COUNSELLORS }),
  letter('line-suspended', ['oldestDueOn', 'lenderAddress'], {
    kind: 'legal',
    must: ['We have suspended', 'The reason is'],
    citation: '12 CFR 1026.9(c)(1)(iii), 1026.40(f)(3)(vi)(C)',
  }),
  // Asks for consent and for nothing else: no amount, no debt, no condition.
  letter('consent-capture', ['lenderAddress'], {
    kind: 'service',
    must: ['You do not have to agree', 'at any time', 'Reply STOP'],
    mustInSpanish: ['No tiene que aceptar', 'en cualquier momento', 'Responda STOP'],
    content: { optOutText: false, debtFacts: false, amounts: 'none', asksConsentOnly: true },
    citation: '47 CFR 64.1200(a)(1), (a)(10), (f)(9)',
  }),
];
