import { z } from 'zod';
import { Id, LocalDate } from './common.ts';
import { DecisionView } from './timeline.ts';

/**
 * POST /api/loans/:loan/facts: what no core file tells and somebody has found out or done. The newest statement counts; what
 * is about a delinquency counts for the one it was made in.
 */
export const StateFact = z.discriminatedUnion('kind', [
  /** The defense department's answer about one obligor (50 USC 3931). Dates as the certificate names them. */
  z.strictObject({
    kind: z.literal('military-search'),
    personId: Id,
    searchedOn: LocalDate,
    covered: z.boolean(),
    obligationOn: LocalDate.nullable().default(null),
    serviceStart: LocalDate.nullable().default(null),
    serviceEnd: LocalDate.nullable().default(null),
  }),
  /** Payment, promise, extension, bankruptcy and servicemember status were read again just now. */
  z.strictObject({ kind: z.literal('recheck') }),
  z.strictObject({ kind: z.literal('sale-notice'), mailedOn: LocalDate, complete: z.boolean() }),
  z.strictObject({ kind: z.literal('loss-mitigation'), pending: z.boolean() }),
  z.strictObject({ kind: z.literal('forced-insurance-only'), only: z.boolean() }),
  /** `on` null: draws are open again. */
  z.strictObject({ kind: z.literal('draws-suspended'), on: LocalDate.nullable() }),
]);
export type StateFact = z.infer<typeof StateFact>;

/** POST /api/loans/:loan/remedies: may this be done now? Asked of the gate and stored; nothing is done by asking. */
export const AskRemedy = z.strictObject({
  action: z.enum([
    'repossess',
    'sell-collateral',
    'accelerate',
    'sue',
    'setoff',
    'file-foreclosure',
    'foreclosure-sale',
  ]),
});
export const RemedyAnswer = DecisionView.meta({ id: 'RemedyAnswer' });
