import type { ActionFacts, ClockFinding } from './facts-actions.ts';
import { count, date, flag, instant, listOf, nullable, oneOf, record, state, text, type FieldChecks } from './shape.ts';
import { SEVERITIES } from './vocabulary.ts';

type Present<T> = NonNullable<T>;

const finding = record<ClockFinding>({
  rule: text,
  severity: oneOf(...SEVERITIES),
  until: nullable(instant),
  words: text,
});

/** Checks for the facts of remedies and money actions. */
export const actionFields: FieldChecks<ActionFacts> = {
  cure: nullable(
    record<Present<ActionFacts['cure']>>({
      state,
      defaultOn: date,
      noticeMailedOn: nullable(date),
      defective: flag,
      cosigners: count,
      cosignersNotified: count,
      excused: nullable(oneOf('repeat-rule', 'voluntary-surrender', 'abandoned')),
    }),
  ),
  scra: nullable(
    record<Present<ActionFacts['scra']>>({
      searchedOn: date,
      covered: flag,
      obligationOn: nullable(date),
      serviceStart: nullable(date),
      serviceEnd: nullable(date),
      waiverOrOrder: flag,
    }),
  ),
  repoRecheckedAt: nullable(instant),
  uccSaleNotice: nullable(record<Present<ActionFacts['uccSaleNotice']>>({ mailedOn: date, complete: flag })),
  insuranceOnlyDefault: nullable(flag),
  dueOn: nullable(date),
  smallServicer: nullable(flag),
  performingUnderPlan: nullable(flag),
  lossMitigationPending: nullable(flag),
  breachNotice: nullable(
    record<Present<ActionFacts['breachNotice']>>({ mailedOn: date, days: count, stateFormFilled: flag }),
  ),
  setoffAgreement: nullable(flag),
  insuranceFindings: nullable(listOf(finding)),
  debitFindings: nullable(listOf(finding)),
  fee: nullable(
    record<Present<ActionFacts['fee']>>({
      kind: oneOf('late', 'convenience', 'other'),
      inContractOrLaw: nullable(flag),
      causedOnlyByUnpaidFee: nullable(flag),
    }),
  ),
  furnishing: nullable(
    record<Present<ActionFacts['furnishing']>>({
      adverse: flag,
      firstReachedOn: nullable(date),
      bounced: nullable(flag),
      spoke: flag,
    }),
  ),
  lineSuspension: nullable(
    record<Present<ActionFacts['lineSuspension']>>({ noticeWithinBusinessDays: nullable(count) }),
  ),
  lienRelease: nullable(
    record<Present<ActionFacts['lienRelease']>>({
      fundsSettledOn: nullable(date),
      byAch: flag,
      fraudFlag: nullable(flag),
    }),
  ),
};
