import type { Classification } from '../engine/index.ts';
import type { House } from '../organisations/index.ts';

/** By which way something was read. */
export type Way =
  | 'ticket'
  | 'history'
  | 'list'
  | 'board'
  | 'home'
  | 'search'
  | 'export'
  | 'file'
  | 'preview'
  | 'stream'
  | 'notices'
  | 'set-aside'
  | 'reads'
  /** The answer to something that was done. */
  | 'act';

/** The line of the classification table that speaks of reads. */
const TRACED: { readonly [C in Classification]: 'nothing' | 'files' | 'everything' } = {
  public: 'nothing',
  internal: 'files',
  health: 'everything',
};

/** What is read of an app and leaves a trace. An app that is not known is traced. */
export const tracedOf = (house: House, app: string): 'nothing' | 'files' | 'everything' =>
  TRACED[house.apps.get(app)?.definition.classification ?? 'health'];

const WAYS: { readonly [last: string]: Way } = {
  home: 'home',
  board: 'board',
  search: 'search',
  stream: 'stream',
  events: 'history',
  tickets: 'list',
  notices: 'notices',
  reads: 'reads',
  'set-aside': 'set-aside',
  'export.csv': 'export',
  files: 'list',
  'files.zip': 'file',
  content: 'file',
  preview: 'preview',
};

/** The way of a request, from its method and the pattern of its route. */
export const wayOf = (method: string, route: string): Way =>
  method === 'GET' ? (WAYS[route.split('/').at(-1) ?? ''] ?? 'ticket') : 'act';
