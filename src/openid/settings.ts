import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';

import type { Assurance } from '../people/index.ts';
import { ConfigurationError } from '../platform/config.ts';

/** Plain http is for a provider on this very machine: a test, or a developer's. */
const isSafe = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, hash } = new URL(text);
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && here)) && username === '' && hash === '';
};

const address = z.string().refine(isSafe, { error: 'is not an address that can be trusted' });
const word = z.string().min(1).max(200);
const assurance = z.enum(['low', 'medium', 'strong']);
const ORDER: readonly Assurance[] = ['low', 'medium', 'strong'];

const metadata = z.strictObject({
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  userinfo_endpoint: address.optional(),
  end_session_endpoint: address.optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});

const provider = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/u),
    title: z.strictObject({ fr: word, en: word }),
    issuer: address,
    metadata: metadata.optional(),
    clientId: word,
    secretFile: word.optional(),
    secretEnvironment: z
      .string()
      .regex(/^[A-Za-z_]\w*$/u)
      .optional(),
    authentication: z
      .enum(['client_secret_basic', 'client_secret_post', 'none'])
      .default('client_secret_basic'),
    algorithm: z.enum(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']).default('RS256'),
    scopes: z
      .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/u))
      .min(1)
      .default(['openid']),
    pkce: z.boolean().default(true),
    maxAge: z.boolean().default(true),
    ask: z.enum(['acr_values', 'claims', 'nothing']).default('acr_values'),
    levels: z.array(z.strictObject({ acr: word, gives: assurance })).default([]),
    minimum: word.optional(),
    organisations: z.union([z.literal('all'), z.array(word).min(1)]),
    userinfo: z.enum(['none', 'json', 'signed']).default('none'),
    label: z.array(word).default([]),
    activities: z
      .strictObject({
        path: word,
        label: z.array(word).min(1),
        names: z.record(z.string(), z.record(z.string(), word)).default({}),
      })
      .optional(),
    signOut: z.boolean().default(false),
  })
  .check(({ value, issues }) => {
    const wrong = (path: string, message: string): void => {
      issues.push({ code: 'custom', input: value, path: [path], message });
    };
    const acrs = value.levels.map(({ acr }) => acr);
    if (new Set(acrs).size < acrs.length) wrong('levels', 'names a level twice');
    if (
      value.levels.some(
        ({ gives }, at) =>
          at > 0 && ORDER.indexOf(gives) < ORDER.indexOf(value.levels[at - 1]?.gives ?? 'low'),
      )
    )
      wrong('levels', 'gives less for a higher level than for a lower one');
    if (value.minimum !== undefined && !acrs.includes(value.minimum))
      wrong('minimum', 'is none of the levels');
    if (!value.scopes.includes('openid')) wrong('scopes', 'lacks openid');
    const secrets = [value.secretFile, value.secretEnvironment].filter((one) => one !== undefined).length;
    if (value.authentication === 'none' ? secrets > 0 : secrets !== 1)
      wrong(
        'secretFile',
        value.authentication === 'none'
          ? 'is given, and there is none'
          : 'or secretEnvironment is needed, and one of them',
      );
    if (value.authentication === 'none' && !value.pkce)
      wrong('pkce', 'is off, and a client without a secret needs it');
    if (value.metadata && value.userinfo !== 'none' && value.metadata.userinfo_endpoint === undefined)
      wrong('metadata', 'lacks userinfo_endpoint, which userinfo needs');
    if (value.metadata && value.signOut && value.metadata.end_session_endpoint === undefined)
      wrong('metadata', 'lacks end_session_endpoint, which signOut needs');
  });

const ALLOWED: { readonly [name: string]: string } = {
  providers: 'a list of providers, each with id, title, issuer, clientId and organisations',
  id: 'lower-case letters, digits and hyphens, such as proconnect, and each once',
  title: 'what it is called, in both languages: {"fr": "…", "en": "…"}',
  issuer: 'https://… as the provider writes it in its tokens (http:// only for localhost)',
  metadata:
    'left out (the provider is asked at /.well-known/openid-configuration), or authorization_endpoint, token_endpoint and jwks_uri, with userinfo_endpoint, end_session_endpoint and authorization_response_iss_parameter_supported where there are such, each https://…',
  clientId: 'what the provider calls this installation',
  secretFile: 'the path of a file that holds the secret and nothing else; or give secretEnvironment',
  secretEnvironment: 'the name of a variable of the environment that holds the secret',
  authentication: 'client_secret_basic, client_secret_post or none',
  algorithm: 'RS256, PS256, ES256, ES384 or EdDSA',
  scopes: 'a list of words with openid among them',
  pkce: 'true or false',
  maxAge: 'true, or false where the provider refuses max_age',
  ask: 'acr_values, claims or nothing',
  levels: 'a list from the lowest to the highest, each {"acr": "…", "gives": "low", "medium" or "strong"}',
  minimum: 'the acr of one of the levels',
  organisations: '"all", or a list of their short names',
  userinfo: 'none, json or signed',
  label: 'a list of claims, of which the first that has a text is shown',
  activities: '{"path": "a.list.*", "label": ["claim", …]} and, if wanted, names of codes',
  signOut: 'true or false',
};

/** A provider as it was configured, with its secret. */
export type Provider = z.output<typeof provider> & { readonly secret: string | undefined };

type Environment = Readonly<Record<string, string | undefined>>;

const fail = (lines: readonly string[]): never => {
  throw new ConfigurationError(
    `VIGIE_OPENID cannot be used:\n${lines.map((line) => `  ${line}`).join('\n')}`,
  );
};

const told = (path: readonly PropertyKey[], message: string): string => {
  const names = path.map(String);
  const known = names.toReversed().find((name) => name in ALLOWED) ?? 'providers';
  return `${names.join('.') || 'providers'}: ${message}. It must be ${ALLOWED[known]}.`;
};

const parse = (text: string, from: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says repeats the text, in which somebody may have written a secret.
    return fail([`${from} is not JSON. It must be {"providers": [ … ]}.`]);
  }
};

const fileAt = (path: string, what: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return fail([`${what} ${path} cannot be read. It must be a file that this account may read.`]);
  }
};

/**
 * The providers that `VIGIE_OPENID` names: JSON itself, or the path of a JSON file, from which paths are counted.
 * @throws ConfigurationError that says everything that is wrong, why, and what is allowed
 */
export const readProviders = (given: string | undefined, environment: Environment): readonly Provider[] => {
  if (given === undefined) return [];
  const inline = given.trimStart().startsWith('{');
  const folder = inline ? process.cwd() : dirname(resolve(given));
  const json = inline ? parse(given, 'The text') : parse(fileAt(resolve(given), 'The file'), given);
  const read = z.strictObject({ providers: z.array(provider) }).safeParse(json);
  if (!read.success) return fail(read.error.issues.map(({ path, message }) => told(path, message)));
  const wrong: string[] = [];
  const seen = new Set<string>();
  const providers = read.data.providers.map((one, at) => {
    if (seen.has(one.id)) wrong.push(told(['providers', at, 'id'], `${one.id} is there twice`));
    seen.add(one.id);
    const secret =
      one.secretFile === undefined
        ? environment[one.secretEnvironment ?? '']
        : fileAt(resolve(folder, one.secretFile), `The secretFile of ${one.id}`).trim();
    if (one.authentication !== 'none' && (secret === undefined || secret === ''))
      wrong.push(
        one.secretFile === undefined
          ? told(['providers', at, 'secretEnvironment'], `${one.secretEnvironment} is not set`)
          : told(['providers', at, 'secretFile'], `${one.secretFile} is empty`),
      );
    return { ...one, secret };
  });
  return wrong.length > 0 ? fail(wrong) : providers;
};

/** The provider of that name that an organisation may use. */
export const providerFor = (providers: readonly Provider[], slug: string, id: string): Provider | undefined =>
  providers.find((one) => one.id === id && (one.organisations === 'all' || one.organisations.includes(slug)));

/** Those that an organisation may use, in the order in which they were configured. */
export const providersOf = (providers: readonly Provider[], slug: string): readonly Provider[] =>
  providers.filter(({ id }) => providerFor(providers, slug, id) !== undefined);
