/**
 * The environment without the settings of this machine: no real key, no database of somebody's own and no live channel
 * reaches the tests. The cache of binaries stays: it only saves downloads.
 */
export function testEnvironment(env: Record<string, string | undefined>): Record<string, string | undefined> {
  const ours = /^(MAKEGOOD_(?!CACHE$)|TWILIO_|DATABASE_URL$|TEMPORAL_|SMTP_|OIDC_|PG[A-Z]+$|NODE_ENV$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)));
}
