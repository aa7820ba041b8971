/**
 * Sample data must not reach anybody. Numbers and addresses that cannot belong to a person are kept from every live
 * channel, whatever else was set wrong.
 */

/** NANP numbers 555-0100 to 555-0199 of any area code are set aside for fiction (ATIS-0300115). Any usual spelling. */
export function isFictitiousNumber(number: string): boolean {
  const digits = number.replaceAll(/\D/g, '');
  return /^1?\d{3}55501\d{2}$/.test(digits);
}

/** Domains that never resolve (RFC 2606, RFC 6761) and the documentation domains. */
const reserved = /(^|\.)(example|test|invalid|localhost|example\.(com|net|org|edu))\.?$/;

export function isFictitiousAddress(address: string): boolean {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .replace(/>\s*$/, '')
    .trim()
    .toLowerCase();
  return reserved.test(domain);
}

export type FictitiousRefusal = 'fictitious-number' | 'fictitious-address';

/** The last look before a live provider is called: why this recipient must not be reached, or `undefined`. */
export function fictitiousRefusal(
  channels: 'sandbox' | 'live',
  recipient: { number: string } | { address: string },
): FictitiousRefusal | undefined {
  if (channels === 'sandbox') return undefined;
  if ('number' in recipient) return isFictitiousNumber(recipient.number) ? 'fictitious-number' : undefined;
  return isFictitiousAddress(recipient.address) ? 'fictitious-address' : undefined;
}
