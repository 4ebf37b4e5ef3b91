import type { Call } from './line.ts';

/** A request written in another way: its path, its method or its headers. */
export interface Crook {
  readonly name: string;
  /** What it becomes; `null` where it would be the same. */
  readonly bend: (call: Call) => Call | null;
  /** The answer is that of another address, which anyone may read: only what it holds counts. */
  readonly elsewhere?: true;
}

const inPath =
  (change: (path: string) => string) =>
  (call: Call): Call | null => {
    const [path = '', query] = call.path.split('?');
    const bent = change(path) + (query === undefined ? '' : `?${query}`);
    return bent === call.path ? null : { ...call, path: bent };
  };

const withHeaders =
  (headers: (call: Call) => { readonly [name: string]: string }) =>
  (call: Call): Call => ({ ...call, headers: { ...call.headers, ...headers(call) } });

const asMethod =
  (method: string) =>
  (call: Call): Call | null =>
    call.method === method ? null : { ...call, method };

const lastSlash = (path: string): number => path.lastIndexOf('/');

/** Every way of writing the same door that ever opened one somewhere. */
export const CROOKS: readonly Crook[] = [
  { name: 'a slash at the end', bend: inPath((path) => `${path}/`) },
  { name: 'two slashes in front', bend: inPath((path) => `/${path}`) },
  { name: 'two slashes inside', bend: inPath((path) => path.replaceAll('/', '//')) },
  { name: 'a dot', bend: inPath((path) => path.replace(/\/([^/]*)$/u, '/./$1')) },
  { name: 'dots', bend: inPath((path) => `/healthz/..${path}`) },
  { name: 'encoded dots', bend: inPath((path) => `/healthz/%2e%2e${path}`) },
  {
    name: 'an encoded slash',
    bend: inPath((path) => `${path.slice(0, lastSlash(path))}%2f${path.slice(lastSlash(path) + 1)}`),
  },
  {
    name: 'an encoded letter',
    bend: inPath((path) =>
      path.replace(/([a-z])(?=[^a-z]*$)/u, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    ),
  },
  { name: 'capitals', bend: inPath((path) => path.toUpperCase()) },
  { name: 'a semicolon', bend: inPath((path) => `${path};.css`) },
  { name: 'an ending', bend: inPath((path) => `${path}.json`) },
  { name: 'a NUL', bend: inPath((path) => `${path}%00`) },
  { name: 'HEAD', bend: asMethod('HEAD') },
  { name: 'OPTIONS', bend: asMethod('OPTIONS') },
  { name: 'PUT', bend: asMethod('PUT') },
  { name: 'DELETE', bend: asMethod('DELETE') },
  { name: 'POST', bend: asMethod('POST') },
  { name: 'GET', bend: asMethod('GET') },
  { name: 'another method by header', bend: withHeaders(() => ({ 'x-http-method-override': 'GET' })) },
  {
    name: 'forwarded from this machine',
    bend: withHeaders(() => ({
      forwarded: 'for=127.0.0.1;host=localhost;proto=https',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'localhost',
      'x-forwarded-proto': 'https',
      'x-real-ip': '127.0.0.1',
    })),
  },
  {
    name: 'an original address by header',
    elsewhere: true,
    bend: (call) => ({
      ...call,
      path: '/healthz',
      headers: { ...call.headers, 'x-original-url': call.path, 'x-rewrite-url': call.path },
    }),
  },
  {
    name: 'authenticated by header',
    bend: withHeaders(() => ({
      'x-remote-user': 'admin',
      'remote-user': 'admin',
      'x-forwarded-user': 'admin',
    })),
  },
];
