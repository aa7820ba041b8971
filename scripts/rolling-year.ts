/**
 * Prints a year of a borrower who is always a month behind, as the shipped cadence plans it: `node scripts/rolling-year.ts
 * [auto|mortgage] [days late]`. docs/cadences.md reads one aloud.
 */
import { rollingYear, table } from '../test/domain/cadence/rolling-year.ts';

const [product = 'auto', daysText = '34'] = process.argv.slice(2);
const days = Number(daysText);
if ((product !== 'auto' && product !== 'mortgage') || !Number.isInteger(days) || days < 31 || days > 59) {
  process.stderr.write('rolling-year: [auto|mortgage] [31 to 59 days late]\n');
  process.exit(2);
}
const name = product === 'auto' ? 'Auto' : 'Mortgage';
process.stdout.write(table(`${name}, each payment ${days} days late`, rollingYear(product, days).played));
