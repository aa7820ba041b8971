/** A number or a mailbox as everybody may see it: enough to recognise, too little to use. */
export function maskValue(value: string): string {
  const at = value.indexOf('@');
  if (at > 0) return `${value.slice(0, 1)}•••${value.slice(at)}`;
  return value.startsWith('+') && value.length > 6
    ? `${value.slice(0, 2)}•••••${value.slice(-4)}`
    : value.replaceAll(/[^\n]/g, '•').slice(0, 12);
}
