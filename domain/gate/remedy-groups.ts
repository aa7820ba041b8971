import type { Remedy } from './vocabulary.ts';

/** Taking, selling or claiming: everything that a stop and a cure period bar. */
export const ENFORCEMENT = [
  'repossess',
  'sell-collateral',
  'accelerate',
  'sue',
  'setoff',
  'file-foreclosure',
  'foreclosure-sale',
] as const satisfies readonly Remedy[];

/** Charging, debiting, reporting. A lien release is in neither group: it only ever helps the borrower. */
export const MONEY_ACTIONS = [
  'charge-insurance',
  'debit',
  'assess-fee',
  'furnish',
  'suspend-line',
] as const satisfies readonly Remedy[];
