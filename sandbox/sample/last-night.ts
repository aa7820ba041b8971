/** Two in the morning in the East of the day it is there: when a core's nightly files are cut. */
export function lastNight(nowMs: number): { asOf: string; on: string } {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'medium', hour12: false }); // prettier-ignore
  const [day = '', time = ''] = parts.format(nowMs - 2 * 3_600_000).split(', ');
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  const intoDay = ((hour % 24) * 3_600 + minute * 60 + second) * 1_000 + (nowMs % 1_000);
  return { asOf: new Date(nowMs - intoDay).toISOString(), on: day };
}
