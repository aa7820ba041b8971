import type { Product } from './facts.ts';
import type { Channel, Condition, Enclosure, Launch, Recipients, Repeats, StopKind } from './policy.ts';

/** The closed word lists of a policy file. Each `Record` makes the compiler ask for a word that is missing. */
const words = <Word extends string>(all: Readonly<Record<Word, true>>): readonly Word[] => Object.keys(all) as Word[];

export const CHANNELS = words<Channel>({ sms: true, email: true, call: true, letter: true, approval: true });
export const ANCHORS = ['due-date', 'cycle-start', 'broken-promise', 'letter-mailed', 'draws-suspended'] as const;
export const REPEATS = words<Repeats>({ cycle: true, delinquency: true, 'every-180-days': true, never: true });
export const LATE_ACTIONS = ['send-now', 'skip', 're-decide'] as const;
export const OFFSET_UNITS = ['days', 'business-days', 'banking-days'] as const;
export const STOPS = words<StopKind>({ payment: true, promise: true, plan: true, hold: true, 'legal-stop': true });
export const OTHERWISE = ['skip', 'wait', 'person'] as const;
export const RECIPIENTS = words<Recipients>({ borrower: true, 'each-obligor': true, cosigner: true });
export const LAUNCHES = words<Launch>({ launched: true, 'by-lender': true, disabled: true });
export const ENCLOSURES = words<Enclosure>({ 'b-1': true, 'hud-92070': true, options: true, reasons: true });
export const MAIL_CLASSES = ['first-class', 'certified-and-first-class'] as const;
export const CONDITIONS = words<Condition>({
  'furnishes-to-bureaus': true,
  'cure-row-filled': true,
  'cure-covers-loan': true,
  'cure-notice-needed': true,
  'breach-form-filled': true,
  'has-cosigner': true,
  'portfolio-owned': true,
  'not-small-servicer': true,
  'principal-residence': true,
  'no-open-promise': true,
  'no-plan': true,
  'title-perfected': true,
  'arrears-not-only-forced-insurance': true,
  'first-payment-default': true,
  'draws-open': true,
});
export const PRODUCTS = words<Product>({
  auto: true,
  rv: true,
  boat: true,
  mortgage: true,
  heloc: true,
  'home-equity-closed-end': true,
  personal: true,
  card: true,
  overdraft: true,
  commercial: true,
  'manufactured-home': true,
});
