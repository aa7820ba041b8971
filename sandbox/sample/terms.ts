import type { Random } from './random.ts';

export type Product = 'auto' | 'rv' | 'boat' | 'mortgage' | 'heloc' | 'home-equity-closed-end' | 'personal' | 'card' | 'overdraft' | 'commercial' | 'manufactured-home'; // prettier-ignore

/** What was lent and on which terms; cents and whole months. */
export interface Terms {
  product: Product;
  amountCents: number;
  /** Percent a year. */
  rate: number;
  termMonths: number;
  ageMonths: number;
  paymentCents: number;
  principalCents: number;
  graceDays: number;
  openEnd: boolean;
}

interface Range {
  amount: readonly [number, number];
  rate: readonly [number, number];
  months: readonly [number, number];
  grace: number;
}

// Amounts in dollars. Auto follows the prime and subprime pools of reference/reliability-security-ux.md §4.3.
const RANGES: Record<Product, Range> = {
  auto: { amount: [9_000, 42_000], rate: [5, 8], months: [48, 75], grace: 10 },
  rv: { amount: [15_000, 80_000], rate: [7, 10], months: [120, 180], grace: 10 },
  boat: { amount: [12_000, 70_000], rate: [7, 10], months: [120, 180], grace: 10 },
  mortgage: { amount: [90_000, 480_000], rate: [3, 7.4], months: [180, 360], grace: 15 },
  heloc: { amount: [15_000, 120_000], rate: [7.5, 9.5], months: [120, 240], grace: 15 },
  'home-equity-closed-end': { amount: [20_000, 110_000], rate: [7, 9], months: [120, 180], grace: 15 },
  personal: { amount: [2_000, 22_000], rate: [9, 24], months: [24, 60], grace: 10 },
  card: { amount: [400, 9_000], rate: [16, 28], months: [120, 120], grace: 0 },
  overdraft: { amount: [80, 900], rate: [18, 18], months: [12, 12], grace: 0 },
  commercial: { amount: [40_000, 350_000], rate: [6, 9], months: [60, 120], grace: 10 },
  'manufactured-home': { amount: [35_000, 120_000], rate: [8, 11], months: [180, 240], grace: 15 },
};

/** The level payment of `balance` at `rate` percent over `months`. */
function levelPayment(balanceCents: number, rate: number, months: number): number {
  const monthly = rate / 1200;
  return Math.max(2_500, Math.round((balanceCents * monthly) / (1 - (1 + monthly) ** -months)));
}

/** The community bank's mix (reference §4.3): 56 % auto, 28 % homes, 16 % personal and others. */
export function drawProduct(random: Random): Product {
  const roll = random.next();
  if (roll < 0.54) return 'auto';
  if (roll < 0.74) return 'mortgage';
  if (roll < 0.8) return 'heloc';
  if (roll < 0.95) return 'personal';
  return random.pick<Product>(['rv', 'boat', 'card', 'overdraft', 'commercial', 'manufactured-home', 'home-equity-closed-end']); // prettier-ignore
}

/** Terms for a product, some of the way through its life. `subprime` raises an auto rate to 14–22 %. */
export function drawTerms(product: Product, random: Random, subprime = false): Terms {
  const range = RANGES[product];
  const amountCents = random.between(range.amount[0], range.amount[1]) * 100;
  const [low, high] = subprime ? [14, 22] : range.rate;
  const rate = Math.round((low + random.next() * (high - low)) * 100) / 100;
  const termMonths = random.between(range.months[0] / 3, range.months[1] / 3) * 3;
  const ageMonths = random.between(1, Math.max(2, Math.floor(termMonths * 0.7)));
  const paymentCents = levelPayment(amountCents, rate, termMonths);
  const growth = (1 + rate / 1200) ** ageMonths;
  const paidDown = (paymentCents * (growth - 1)) / (rate / 1200);
  const principalCents = Math.max(paymentCents, Math.round(amountCents * growth - paidDown));
  const openEnd = product === 'heloc' || product === 'card' || product === 'overdraft';
  return { product, amountCents, rate, termMonths, ageMonths, paymentCents, principalCents, graceDays: range.grace, openEnd }; // prettier-ignore
}

export function isHome(product: Product): boolean {
  return product === 'mortgage' || product === 'heloc' || product === 'home-equity-closed-end';
}
