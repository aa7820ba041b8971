const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** Integer cents as "$1,234.56"; nothing known is a dash. */
export const dollars = (cents: number | null | undefined): string =>
  cents === null || cents === undefined ? '–' : money.format(cents / 100);

export const count = (value: number): string => value.toLocaleString('en-US');

/** An instant in a zone, as people at the desk say it. */
export function when(instant: string | null | undefined, zone: string): string {
  if (instant === null || instant === undefined) return '–';
  return new Date(instant).toLocaleString('en-US', {
    timeZone: zone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
}

export function clockTime(instant: string, zone: string): string {
  return new Date(instant).toLocaleTimeString('en-US', { timeZone: zone, hour: 'numeric', minute: '2-digit' });
}

/** An instant soon to come, as "Wed 8:00 AM"; nothing known is said. */
export function shortly(instant: string | null, zone: string): string {
  if (instant === null) return 'at a time not known';
  return new Date(instant).toLocaleString('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
}

/** A file's size: "12 kB", "3.4 MB". */
export const bytes = (size: number): string =>
  size < 1_000_000 ? `${Math.max(1, Math.round(size / 1000))} kB` : `${(size / 1_000_000).toFixed(1)} MB`;

/** A calendar date; dates have no zone, so none is applied. */
export function day(date: string | null | undefined): string {
  if (date === null || date === undefined) return '–';
  return new Date(`${date}T12:00:00Z`).toLocaleDateString('en-US', {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
  });
}

/** Names that are not said as they are written. */
const said: Readonly<Record<string, string>> = {
  ach: 'ACH',
  sms: 'Text',
  email: 'E-mail',
  rv: 'RV',
  heloc: 'HELOC',
  'late-1': 'First late letter',
  'before-30': 'Before the account is reported',
  'hud-counselling': 'Housing counselling notice',
  'right-to-cure': 'Right-to-cure notice',
  'demand-2': 'Second demand',
  final: 'Final demand',
  breach: 'Breach letter',
  'early-intervention': 'Early-intervention letter',
};

/** The planner's line without its own label, as a sentence. */
export function withoutLabel(line: string): string {
  const text = line.replace(/^Next: /, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `first-party` as "First party". */
export function words(slug: string): string {
  const known = said[slug];
  if (known !== undefined) return known;
  const text = slug.replaceAll(/[-_]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
