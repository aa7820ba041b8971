import * as oidc from 'openid-client';

export interface IdentitySettings {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
}

/**
 * Finds the identity provider's endpoints on first use and remembers them; a failure is not remembered, so that a
 * provider that comes up later is found by the next sign-in. Plain http is spoken on loopback only.
 */
export function identityOf(settings: IdentitySettings): () => Promise<oidc.Configuration> {
  let found: Promise<oidc.Configuration> | null = null;
  const issuer = new URL(settings.issuer);
  const loopback = issuer.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(issuer.hostname);
  return () => {
    found ??= oidc
      .discovery(
        issuer,
        settings.clientId,
        undefined,
        settings.clientSecret === null ? oidc.None() : oidc.ClientSecretPost(settings.clientSecret),
        { timeout: 10, ...(loopback ? { execute: [oidc.allowInsecureRequests] } : {}) },
      )
      .catch((error: unknown) => {
        found = null;
        throw error;
      });
    return found;
  };
}
