import * as oidc from 'openid-client';

import type { Assurance } from '../people/index.ts';
import { levelsFor } from './levels.ts';
import type { Provider } from './settings.ts';
import type { Ways } from './secrets.ts';

/** How long a provider may take to answer, in seconds: somebody waits. */
const PATIENCE = 8;
/** How long what a provider says of itself is believed, in milliseconds. */
const BELIEVED = 3_600_000;

/** Why a provider did not lead somebody in. Each is a sentence on the sign-in page. */
export type Trouble = 'denied' | 'provider_refused' | 'unreachable' | 'not_trusted';

/** Carries nothing of what the provider wrote: only what kind of thing went wrong. */
export class ProviderTrouble extends Error {
  readonly trouble: Trouble;
  /** The library's own word for it, for the log. */
  readonly why: string;
  constructor(trouble: Trouble, why: string) {
    super(trouble);
    this.name = 'ProviderTrouble';
    this.trouble = trouble;
    this.why = why;
  }
}

/** What a provider said of somebody, verified. */
export interface Proof {
  readonly issuer: string;
  readonly subject: string;
  readonly acr: string | undefined;
  /** When they proved who they are, milliseconds ago; `undefined` when the provider does not say. */
  readonly age: number | undefined;
  readonly claims: { readonly [name: string]: unknown };
  /** What the provider wants back at sign-out. */
  readonly idToken: string;
}

/** A provider, asked when it is needed and never before: a start does not wait for it. */
export interface Client {
  readonly provider: Provider;
  /** Where the person's browser goes. @throws ProviderTrouble */
  leave(ways: Ways, redirect: string, needed: Assurance, again: boolean): Promise<string>;
  /** What came back, verified. @throws ProviderTrouble */
  verify(ways: Ways, back: URL): Promise<Proof>;
  /** Where to sign out there too; `null` where that is not wanted or not possible. @throws ProviderTrouble */
  farewell(idToken: string, redirect: string): Promise<string | null>;
}

const AWAY = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
]);

/** What went wrong with a provider, of which nothing is repeated: its words may name the person. */
const troubleOf = (error: unknown): ProviderTrouble => {
  if (error instanceof ProviderTrouble) return error;
  if (error instanceof oidc.AuthorizationResponseError)
    return new ProviderTrouble(error.error === 'access_denied' ? 'denied' : 'provider_refused', error.code);
  if (error instanceof oidc.ResponseBodyError)
    return new ProviderTrouble(error.status >= 500 ? 'unreachable' : 'provider_refused', error.code);
  if (error instanceof oidc.WWWAuthenticateChallengeError)
    return new ProviderTrouble('provider_refused', error.code);
  if (error instanceof oidc.ClientError) {
    const code = error.code ?? 'OAUTH_NETWORK';
    return new ProviderTrouble(
      error.code === undefined || AWAY.has(code) ? 'unreachable' : 'not_trusted',
      code,
    );
  }
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return new ProviderTrouble('unreachable', 'TIMEOUT');
  // What `fetch` throws when nobody answers.
  if (error instanceof TypeError && error.message === 'fetch failed')
    return new ProviderTrouble('unreachable', 'FETCH_FAILED');
  throw error;
};

const authenticationOf = ({ authentication, secret }: Provider): oidc.ClientAuth => {
  if (authentication === 'none') return oidc.None();
  return authentication === 'client_secret_post'
    ? oidc.ClientSecretPost(secret)
    : oidc.ClientSecretBasic(secret);
};

export const openClient = (provider: Provider): Client => {
  const registered = {
    id_token_signed_response_alg: provider.algorithm,
    ...(provider.userinfo === 'signed' && { userinfo_signed_response_alg: provider.algorithm }),
  };
  // On this very machine alone: the settings let no other such address in.
  const insecure = provider.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
  const set = (config: oidc.Configuration): void => {
    config.timeout = PATIENCE;
    for (const allow of insecure) allow(config);
    // Tokens come from the provider directly, but a signature is checked all the same.
    oidc.enableNonRepudiationChecks(config);
  };
  const discover = async (): Promise<oidc.ServerMetadata> => {
    const config = await oidc.discovery(
      new URL(provider.issuer),
      provider.clientId,
      registered,
      authenticationOf(provider),
      { execute: insecure, timeout: PATIENCE },
    );
    return structuredClone(config.serverMetadata() as oidc.ServerMetadata);
  };
  let kept: { readonly until: number; readonly metadata: Promise<oidc.ServerMetadata> } | null = null;
  const metadataOf = (): Promise<oidc.ServerMetadata> => {
    if (provider.metadata)
      return Promise.resolve({ issuer: provider.issuer, ...provider.metadata } as oidc.ServerMetadata);
    const now = performance.now();
    if (kept && kept.until > now) return kept.metadata;
    const found = discover();
    kept = { until: now + BELIEVED, metadata: found };
    // Away now is not away for an hour.
    found.catch(() => {
      kept = null;
    });
    return found;
  };
  /** A configuration of its own for each: the keys are asked for anew, so that a provider may change them at any time. */
  const configure = async (): Promise<oidc.Configuration> => {
    const config = new oidc.Configuration(
      { ...(await metadataOf()) },
      provider.clientId,
      registered,
      authenticationOf(provider),
    );
    set(config);
    return config;
  };
  /** Nobody is sent to a page that does not open: the sign-in page says that the provider is away, and what else there is. */
  const reach = async ({ jwks_uri: keys }: oidc.ServerMetadata): Promise<void> => {
    if (keys === undefined) throw new ProviderTrouble('not_trusted', 'NO_KEYS');
    const response = await fetch(keys, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE * 1000) });
    await response.body?.cancel();
    if (!response.ok) throw new ProviderTrouble('unreachable', `HTTP_${response.status}`);
  };
  const trying = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw troubleOf(error);
    }
  };

  return {
    provider,
    leave: (ways, redirect, needed, again) =>
      trying(async () => {
        const config = await configure();
        await reach(config.serverMetadata());
        const levels = levelsFor(provider, needed);
        const claims = {
          id_token: {
            auth_time: { essential: true },
            ...(levels.length > 0 && { acr: { essential: true, values: levels } }),
          },
        };
        const url = oidc.buildAuthorizationUrl(config, {
          redirect_uri: redirect,
          scope: provider.scopes.join(' '),
          state: ways.state,
          nonce: ways.nonce,
          ...(provider.pkce && {
            code_challenge: await oidc.calculatePKCECodeChallenge(ways.verifier),
            code_challenge_method: 'S256',
          }),
          ...(provider.ask === 'acr_values' && levels.length > 0 && { acr_values: levels.join(' ') }),
          ...(provider.ask === 'claims' && { claims: JSON.stringify(claims) }),
          ...(again && { prompt: 'login', ...(provider.maxAge && { max_age: '0' }) }),
        });
        return url.href;
      }),
    verify: (ways, back) =>
      trying(async () => {
        const config = await configure();
        const tokens = await oidc.authorizationCodeGrant(config, back, {
          expectedState: ways.state,
          expectedNonce: ways.nonce,
          idTokenExpected: true,
          ...(provider.pkce && { pkceCodeVerifier: ways.verifier }),
        });
        const claims = tokens.claims();
        if (!claims || tokens.id_token === undefined) throw new ProviderTrouble('not_trusted', 'NO_ID_TOKEN');
        const more =
          provider.userinfo === 'none'
            ? {}
            : await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
        return {
          issuer: claims.iss,
          subject: claims.sub,
          acr: typeof claims['acr'] === 'string' ? claims['acr'] : undefined,
          // The provider's clock is a real one, whatever ours is set to.
          age: claims.auth_time === undefined ? undefined : Math.max(0, Date.now() - claims.auth_time * 1000),
          claims: { ...claims, ...more },
          idToken: tokens.id_token,
        };
      }),
    farewell: (idToken, redirect) =>
      trying(async () => {
        if (!provider.signOut) return null;
        const config = await configure();
        if (config.serverMetadata().end_session_endpoint === undefined) return null;
        return oidc.buildEndSessionUrl(config, {
          id_token_hint: idToken,
          post_logout_redirect_uri: redirect,
          state: oidc.randomState(),
        }).href;
      }),
  };
};
