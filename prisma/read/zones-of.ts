import { zonesOfAreaCode } from '../../domain/gate/data/area-codes.ts';
import type { Pool } from '../pool.ts';
import { read } from './prepared.ts';

interface Row {
  id: string;
  mailing_zone: string | null;
  residence_zone: string | null;
  stated_zone: string | null;
  phones: string[];
}

/**
 * The zones in which a contact with each person on a loan must be lawful (rules.md §0.2): addresses, and the zones of each
 * telephone's area code unless an address lies in one of them. Without any, the lender's own stands for what is shown.
 */
export async function zonesOf(pool: Pool, loanId: string, lenderZone: string): Promise<Map<string, string[]>> {
  const rows = await read<Row>(
    pool,
    `select p.id, p.mailing_zone, p.residence_zone, case when p.stated_zone_at > now() - interval '30 days' then p.stated_zone end as stated_zone,
       array(select a.value from person_address pa join address a on a.id = pa.address_id where pa.person_id = p.id and a.kind = 'phone' order by a.value) as phones
     from person p where p.id in (select person_id from loan_role where loan_id = $1)`,
    [loanId],
  );
  return new Map(rows.map((row) => [row.id, zonesOfPerson(row, lenderZone)]));
}

function zonesOfPerson(row: Row, lenderZone: string): string[] {
  if (row.stated_zone !== null) return [row.stated_zone];
  const places = [row.mailing_zone, row.residence_zone].filter((zone) => zone !== null);
  const zones = new Set(places);
  for (const phone of row.phones) {
    const own = zonesOfAreaCode(phone.startsWith('+1') ? phone.slice(2, 5) : '');
    const shared = own.filter((zone) => places.includes(zone));
    for (const zone of shared.length > 0 ? shared : own) zones.add(zone);
  }
  return zones.size === 0 ? [lenderZone] : [...zones];
}
