/** How to reach a mail server. */
export type SmtpRoute = {
  readonly host: string;
  readonly port: number;
  /**
   * `required`: STARTTLS or no mail; `implicit`: TLS from the first byte; `none`: this machine only. There is no
   * opportunistic mode, so nothing can be downgraded.
   */
  readonly tls: 'required' | 'implicit' | 'none';
  readonly auth?: { readonly user: string; readonly pass: string };
};

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Reads `smtp://user:password@host:587` or `smtps://…`. Without TLS a mail goes to a relay on this machine only. */
export function smtpRouteOf(text: string): SmtpRoute {
  const url = new URL(text);
  const implicit = url.protocol === 'smtps:';
  const tls = implicit ? 'implicit' : LOOPBACK.has(url.hostname) ? 'none' : 'required';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
    tls,
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
  };
}
