import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import { Provider } from 'oidc-provider';

import { temporaryFolder } from './cluster.ts';

/** Who is at the provider, and what they do when it asks. */
interface Person {
  subject: string;
  /** What the provider says of how it recognised them. */
  acr: string | undefined;
  /** What it knows of them. */
  claims: Record<string, unknown>;
  /** They say no. */
  denies: boolean;
}

/** A provider that runs: the real software, on this machine. */
export interface Desk {
  readonly issuer: string;
  readonly person: Person;
  /** What a configuration says of it. */
  setting(more?: Record<string, unknown>): Record<string, unknown>;
  /** Lets people be sent back to these servers. */
  register(...urls: readonly string[]): void;
  /** New keys; the old ones are gone. */
  rotate(): void;
  /** Nobody answers. */
  away: boolean;
  /** Shows a page to press on, as a person sees one; without it, the answer comes at once. */
  asks: boolean;
  /** It gives out keys that are not those it signs with. */
  lies: boolean;
  /** It signs what it says of people. */
  signs: boolean;
  /** What it was asked, as `GET /path`. */
  readonly asked: readonly string[];
}

const SECRET = 'a secret of the tests, long enough for anybody';
const LEVELS = ['eidas1', 'eidas2', 'eidas3'];

const newKey = (kid: string) => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  alg: 'RS256',
});

const publicPartOf = ({ kty, n, e, kid, use, alg }: ReturnType<typeof newKey>) => ({
  kty,
  n,
  e,
  kid,
  use,
  alg,
});

/** Opens a provider, known to Vigie by a name. */
export const openDesk = async (t: TestContext, id = 'desk'): Promise<Desk> => {
  let keys = 0;
  let jwk = newKey(`${id}-0`);
  let urls: readonly string[] = [];
  let provider: Provider | null = null;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    if (desk.away || provider === null) {
      request.socket.destroy();
      return;
    }
    asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    if (desk.lies && request.url === '/jwks') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys: [publicPartOf(newKey(jwk.kid))] }));
      return;
    }
    answer(provider, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, 'localhost', resolve);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const folder = temporaryFolder('vigie-desk-');
  writeFileSync(join(folder, 'secret'), `${SECRET}\n`);

  const answer = async (at: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url?.startsWith('/interaction/') !== true) return at.callback()(request, response);
    if (desk.asks && !request.url.endsWith('?yes')) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        `<!doctype html><html lang="fr"><title>Guichet</title><h1>Guichet</h1><a href="${request.url}?yes">C’est moi</a>`,
      );
      return;
    }
    const { subject, acr, denies } = desk.person;
    const result = denies
      ? { error: 'access_denied', error_description: `${subject} said no` }
      : { login: { accountId: subject, remember: true, ...(acr !== undefined && { acr }) } };
    return at.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };

  const make = (): Provider =>
    new Provider(issuer, {
      clients: [
        {
          client_id: 'vigie',
          client_secret: SECRET,
          redirect_uris: urls.flatMap((url) => [
            `${url}/api/v1/openid/${id}/callback`,
            `${url}/api/v1/openid/other/callback`,
          ]),
          post_logout_redirect_uris: urls.map((url) => `${url}/`),
          ...(desk.signs && { userinfo_signed_response_alg: 'RS256' }),
        },
      ],
      jwks: { keys: [jwk] },
      acrValues: LEVELS,
      cookies: { keys: ['of the tests'] },
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified'],
        profile: ['name', 'usual_name', 'SubjectRefPro'],
        acr: null,
        auth_time: null,
        iss: null,
        sid: null,
      },
      features: {
        devInteractions: { enabled: false },
        claimsParameter: { enabled: true },
        jwtUserinfo: { enabled: true },
        rpInitiatedLogout: { enabled: true },
      },
      ttl: {
        AccessToken: 600,
        AuthorizationCode: 60,
        Grant: 3600,
        IdToken: 3600,
        Interaction: 600,
        Session: 3600,
      },
      pkce: { required: () => true },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, accountId: string) => ({
        accountId,
        claims: () => ({ sub: accountId, ...desk.person.claims }),
      }),
      loadExistingGrant: async (ctx: {
        oidc: {
          provider: {
            Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<void> };
          };
          client: { clientId: string };
          session: { accountId: string };
        };
      }) => {
        const grant = new ctx.oidc.provider.Grant({
          clientId: ctx.oidc.client.clientId,
          accountId: ctx.oidc.session.accountId,
        });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });

  const desk = {
    issuer,
    person: { subject: 'sub-of-maelle', acr: undefined, claims: {}, denies: false } as Person,
    signs: false,
    lies: false,
    away: false,
    asks: false,
    asked,
    setting: (more: Record<string, unknown> = {}) => {
      desk.signs = more['userinfo'] === 'signed';
      return {
        id,
        title: { fr: 'Le Guichet', en: 'The Desk' },
        issuer,
        clientId: 'vigie',
        secretFile: join(folder, 'secret'),
        scopes: ['openid', 'profile', 'email'],
        levels: [
          { acr: 'eidas1', gives: 'low' },
          { acr: 'eidas2', gives: 'medium' },
          { acr: 'eidas3', gives: 'strong' },
        ],
        organisations: 'all',
        label: ['name'],
        ...more,
      };
    },
    register: (...given: readonly string[]) => {
      urls = given;
      provider = make();
    },
    rotate: () => {
      keys += 1;
      jwk = newKey(`${id}-${keys}`);
      provider = make();
    },
  };
  return desk;
};

/** A browser without a screen: keeps cookies by server, follows where it is sent, and tells every address. */
export class Walker {
  readonly #jars = new Map<string, Map<string, string>>();
  /** Every address that it was sent to. */
  readonly seen: string[] = [];

  give(url: string, cookie: string): void {
    const [name = '', ...value] = cookie.split('=');
    this.#jar(url).set(name, value.join('='));
  }

  cookies(url: string): string {
    return [...this.#jar(url)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #jar(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    return jar;
  }

  /** One request, and no further. */
  async ask(url: string, options: RequestInit = {}): Promise<Response> {
    this.seen.push(url);
    const response = await fetch(url, {
      ...options,
      redirect: 'manual',
      headers: { ...(options.headers as Record<string, string> | undefined), cookie: this.cookies(url) },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/su);
      if (value === '') this.#jar(url).delete(name);
      else this.#jar(url).set(name, value);
    }
    return response;
  }

  /** Follows until an address is reached, or a page; @returns that address */
  async walk(from: string, until: (url: URL) => boolean = () => false): Promise<string> {
    let at = from;
    for (let step = 0; step < 20; step++) {
      const response = await this.ask(at);
      const location = response.headers.get('location');
      await response.arrayBuffer();
      if (location === null) return at;
      at = new URL(location, at).href;
      if (until(new URL(at))) return at;
    }
    throw new Error(`It goes round in circles: ${at}`);
  }
}
