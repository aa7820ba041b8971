import { addDays } from '../../domain/calendar/days.ts';
import { daysAgo } from './making.ts';
import type { Making } from './making.ts';
import { CARRIERS, STREETS } from './names.ts';
import type { Person } from './person.ts';
import { dollars, yesNo } from './rows.ts';
import type { Row } from './rows.ts';
import { isHome } from './terms.ts';
import type { Product, Terms } from './terms.ts';

const MAKES: readonly (readonly [string, string])[] = [
  ['Ford', 'F-150'],
  ['Toyota', 'Camry'],
  ['Honda', 'CR-V'],
  ['Chevrolet', 'Malibu'],
  ['Nissan', 'Rogue'],
  ['Hyundai', 'Elantra'],
  ['Jeep', 'Cherokee'],
];

interface Pledged {
  loan: string;
  product: Product;
  borrower: Person;
  terms: Terms;
}

/** What secures a loan and the cover on it; unsecured products have none. */
export function addPledge(making: Making, pledged: Pledged, over: { collateral: Row; insurance: Row }): void {
  const { random } = making;
  const { loan, product, borrower } = pledged;
  if (product === 'auto' || product === 'rv' || product === 'boat') {
    const [make, model] = random.pick(MAKES);
    making.batch.collateral.push({
      loan_number: loan,
      kind: product === 'auto' ? 'vehicle' : product,
      vin: `1MGSAMPLE${loan.slice(1)}`,
      year: String(Number(making.on.slice(0, 4)) - random.between(1, 9)),
      make,
      model,
      title_state: borrower.place.state,
      elt_status: random.pick(['perfected', 'perfected', 'perfected', 'pending']),
      title_perfected_on: daysAgo(making, random.between(30, 1_200)),
      cpi_clause: yesNo(random.chance(0.8)),
      cpi_notice_at_origination: yesNo(random.chance(0.8)),
      ...over.collateral,
    });
    addCover(making, pledged, { coverage: 'auto', ...over.insurance });
  } else if (isHome(product) || product === 'manufactured-home') {
    making.batch.collateral.push({
      loan_number: loan,
      kind: 'property',
      property_line1: borrower.row['mailing_line1'] ?? `1 ${random.pick(STREETS)} St`,
      property_city: borrower.place.city,
      property_state: borrower.place.state,
      property_zip: borrower.row['mailing_zip'] ?? '',
      occupancy: random.chance(0.88) ? 'owner' : 'investor',
      lien_position: product === 'mortgage' ? '1' : '2',
      flood_zone: random.chance(0.06) ? 'AE' : 'X',
      flood_determined_on: daysAgo(making, random.between(100, 3_000)),
      escrowed: yesNo(product === 'mortgage' && random.chance(0.7)),
      ...over.collateral,
    });
    addCover(making, pledged, { coverage: 'hazard', ...over.insurance });
  }
}

// Four in a hundred covers have lapsed (reference §4.3).
function addCover(making: Making, pledged: Pledged, over: Row): void {
  const { random } = making;
  const lapsed = random.chance(0.04);
  const expires = lapsed ? daysAgo(making, random.between(5, 60)) : addDays(making.on, random.between(10, 350));
  making.batch.insurance.push({
    loan_number: pledged.loan,
    carrier: random.pick(CARRIERS).replace('-', ' '),
    policy_number: `P${pledged.loan.slice(1)}`,
    effective_on: addDays(expires, -365),
    expires_on: expires,
    premium: dollars(random.between(60_000, 240_000)),
    deductible: dollars(random.pick([50_000, 100_000, 250_000])),
    loss_payee_ok: yesNo(random.chance(0.96)),
    ...over,
  });
}
