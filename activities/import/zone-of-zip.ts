import { zoneOfZip as lookUp } from '../../domain/gate/data/zip-zones.ts';

const known = new Map<string, string | null>();

/** The zone of a ZIP as a file writes it (five digits, or nine); null where none is known. A lender has few ZIPs. */
export function zoneOfZip(zip: string): string | null {
  const five = zip.slice(0, 5);
  let zone = known.get(five);
  if (zone === undefined) {
    zone = lookUp(five);
    if (known.size < 50_000) known.set(five, zone);
  }
  return zone;
}
