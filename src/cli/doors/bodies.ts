import { z } from '@hono/zod-openapi';

import { APPS } from './apps.ts';
import type { Route } from './routes.ts';

/** The public half of a key whose secret half nobody has. */
const RECIPIENT = 'age18ahtl2lu6qla6sgspqlt2rmjwrp0u5ugp6png8sqpf5jrpqhzcmsfl09l7';
/** What looks like a locked copy from outside; there is nothing in it. */
const LOCKED = Buffer.from(
  `age-encryption.org/v1\n-> scrypt AAAA 18\nAAAA\n--- ${'A'.repeat(43)}\nnothing`,
).toString('base64');

/** Bodies that would do something, were they let in; they change nothing that holds a canary. */
const BODIES: { readonly [path: string]: object } = {
  '/{organisation}/sign-in-links': { email: 'nobody@nowhere.invalid' },
  '/{organisation}/sessions': { token: 'x'.repeat(43) },
  '/{organisation}/{app}/tickets': { fields: { summary: 'doors' }, site: 'nord' },
  '/{organisation}/{app}/tickets/{reference}': { version: 2, fields: { kind: 'two' } },
  '/{organisation}/{app}/tickets/{reference}/comments': { text: 'doors' },
  '/{organisation}/{app}/tickets/{reference}/assignee': { member: 'me' },
  '/{organisation}/{app}/tickets/{reference}/holder': { holder: null },
  '/{organisation}/{app}/tickets/{reference}/moves/{move}': { comment: 'doors' },
  '/{organisation}/{app}/moves/{move}': { references: ['P-1', 'P-6'], comment: 'doors' },
  '/{organisation}/members': { name: 'Doors', email: 'doors@nowhere.invalid', administrator: true },
  '/{organisation}/members/{id}': { administrator: true },
  '/{organisation}/keys': { app: APPS.front.app, role: 'full', name: 'doors' },
  '/{organisation}/sites': { slug: 'doors', name: 'Doors', openingHours: '24/7' },
  '/{organisation}/sites/{slug}': { version: 1, timeZone: 'Europe/Paris' },
  '/{organisation}/stations': { name: 'doors', app: APPS.front.app, steps: ['open'], site: 'nord' },
  '/{organisation}/{app}/tickets/{reference}/guests': { role: 'follower' },
  '/{organisation}/{app}/tickets/{reference}/shares': { field: 'papers', passphrase: 'portes ouvertes' },
  '/{organisation}/share/visits': { passphrase: 'portes ouvertes' },
  '/{organisation}/account/sealed-keys': {
    recipient: RECIPIENT,
    locks: [{ how: 'passphrase', locked: LOCKED }],
    escrowed: null,
  },
  '/{organisation}/sealed/escrow': { recipient: RECIPIENT },
  '/{organisation}/me/pin': { pin: '739164' },
  '/{organisation}/{app}/tickets/{reference}/receipts': { field: 'papers', to: 'doors' },
  '/{organisation}/{app}/tickets/{reference}/drops': {
    field: 'papers',
    title: 'doors',
    expires: new Date(Date.now() + 86_400_000).toISOString(),
  },
  '/{organisation}/drop/deposits': { name: 'doors' },
  '/{organisation}/apps/{app}': { overrides: { title: 'Doors' } },
};

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly minimum?: number;
}

const FORMATS: { readonly [format: string]: string } = {
  uuid: '00000000-0000-7000-8000-000000000000',
  email: 'nobody@nowhere.invalid',
  'date-time': '2099-01-01T00:00:00Z',
  date: '2099-01-01',
  uri: 'https://nowhere.invalid/',
};

/** Something that fits a schema, as small as can be. */
const sample = (schema: Schema): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return sample(first);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(sample));
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}));
    case 'string':
      return FORMATS[schema.format ?? ''] ?? 'x'.repeat(Math.max(1, schema.minLength ?? 1));
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return null;
  }
};

/** What to send to a route: said above or, for routes that came later, made from what it reads. */
export const bodyOf = ({ path, body, kind }: Route): object | null => {
  const said = BODIES[path.replace(/^\/api\/v1/u, '')];
  if (said) return said;
  if (kind !== 'api' || body === null) return null;
  const made = sample(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Schema);
  return typeof made === 'object' && made !== null ? made : {};
};

/** What a piece of a file is sent with: without it, it is refused for what it is not, before anybody is asked. */
export const headersFor = ({
  method,
  path,
}: Pick<Route, 'method' | 'path'>): { readonly [name: string]: string } => {
  if (!/\/uploads(?:\/\{id\})?$/u.test(path) || method === 'GET') return {};
  return {
    'tus-resumable': '1.0.0',
    ...(method === 'POST' && { 'upload-length': '1' }),
    ...(method === 'PATCH' && { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }),
  };
};
