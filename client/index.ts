/**
 * Vigie in three lines:
 *
 * ```ts
 * import { connect } from 'vigie-client';
 * const vigie = connect('http://localhost:3000/kerlann', { key });
 * await vigie.app('voirie').open({ kind: 'pothole', place: { lat: 47.6, lng: -3.0 }, note: 'Rue du Port' });
 * ```
 *
 * Works in Node, browsers and Deno, and needs nothing else.
 */
import type { components, paths } from './generated.ts';
import { type Options, part, sender, type Send } from './request.ts';
import { follow, type Following, type News } from './stream.ts';

export { VigieProblem, type ValueProblem } from './problem.ts';
export type { Following, News, Options };
export type { TicketNews } from './stream.ts';

export type Ticket = components['schemas']['Ticket'];
export type TicketEvent = components['schemas']['Event'];
export type Board = components['schemas']['Board'];
export type Page = components['schemas']['Page'];
type Found = paths['/{organisation}/search']['get']['responses'][200]['content']['application/json'];
export type Hit = Found['hits'][number];

/** Values by the names of fields, as the definition of the app has them. */
export interface Fields {
  readonly [name: string]: unknown;
}

/** Values as a person would type them: `12,50`, `14/03/2026`, the label of a choice. */
export interface Typed {
  readonly [name: string]: string;
}

/** How a command is sent. */
export interface Sending {
  /** The same again has the same answer and one effect. Default: a new one for each command. */
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Opening extends Sending {
  readonly text?: Typed;
  /** Slug of the site. */
  readonly site?: string | null;
  /** Reference of the ticket that holds this one. */
  readonly holder?: string;
}

export interface Moving extends Sending {
  readonly fields?: Fields;
  readonly text?: Typed;
  readonly comment?: string;
  /** Refused when the ticket is no longer at this version. */
  readonly version?: number;
}

export interface Editing extends Sending {
  readonly text?: Typed;
  readonly site?: string | null;
}

/** What a list is narrowed to. */
export interface Filter {
  readonly step?: string | readonly string[];
  readonly lateness?: Ticket['lateness'] | readonly Ticket['lateness'][];
  /** A member's id, `me` or `none`. */
  readonly assignee?: string;
  readonly site?: string;
  readonly holder?: string;
  /** Opened from this day or instant on, and until that one. */
  readonly from?: string;
  readonly to?: string;
  readonly open?: boolean;
  /** `{ kind: 'pothole' }`: choice fields. */
  readonly fields?: { readonly [field: string]: string };
}

export interface Listing extends Filter {
  readonly sort?: 'due' | 'newest' | 'oldest';
  /** Tickets a page. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface Searching {
  readonly app?: string;
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** A reference, or a ticket: what says which one. */
export type Which = string | Pick<Ticket, 'reference'>;

const referenceOf = (which: Which): string => (typeof which === 'string' ? which : which.reference);

const queryOf = ({ fields = {}, ...filter }: Listing) => ({
  ...filter,
  signal: undefined,
  ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`field.${name}`, value])),
});

const read = async <T>(answer: Promise<Response>): Promise<T> => (await (await answer).json()) as T;

async function* pages(send: Send, path: string, listing: Listing): AsyncGenerator<Ticket, void, void> {
  let after: string | null = null;
  do {
    const page: Page = await read(
      send(path, { query: { ...queryOf(listing), after }, signal: listing.signal }),
    );
    yield* page.tickets;
    after = page.next;
  } while (after !== null);
}

/** The tickets of one app. */
const appOf = (send: Send, app: string) => {
  const ticket = (which: Which, more = ''): string =>
    `/${part(app)}/tickets/${part(referenceOf(which))}${more}`;
  const write = <T>(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    body: object,
    { idempotencyKey, signal }: Sending,
  ): Promise<T> => read(send(path, { method, body, idempotencyKey, signal }));
  return {
    /** Opens a ticket. */
    open: (fields: Fields, { idempotencyKey, signal, ...more }: Opening = {}): Promise<Ticket> =>
      write('POST', `/${part(app)}/tickets`, { fields, ...more }, { idempotencyKey, signal }),
    get: (which: Which): Promise<Ticket> => read(send(ticket(which))),
    /** `for await (const ticket of voirie.list({ step: 'received' }))`: every page, as far as you go. */
    list: (listing: Listing = {}): AsyncGenerator<Ticket, void, void> =>
      pages(send, `/${part(app)}/tickets`, listing),
    /** Makes a move: the only way a step changes. */
    move: (which: Which, move: string, { idempotencyKey, signal, ...body }: Moving = {}): Promise<Ticket> =>
      write('POST', ticket(which, `/moves/${part(move)}`), body, { idempotencyKey, signal }),
    comment: (which: Which, text: string, sending: Sending = {}): Promise<TicketEvent> =>
      write('POST', ticket(which, '/comments'), { text }, sending),
    /** Changes fields of a ticket that nobody has changed since you read it; else `version_conflict`. */
    edit: (
      from: Pick<Ticket, 'reference' | 'version'>,
      fields: Fields,
      { idempotencyKey, signal, ...more }: Editing = {},
    ): Promise<Ticket> =>
      write('PATCH', ticket(from), { version: from.version, fields, ...more }, { idempotencyKey, signal }),
    /** Gives it to a member by id, takes it (`me`), or puts it back (`null`). */
    assign: (which: Which, member: string | null, sending: Sending = {}): Promise<Ticket> =>
      write('PUT', ticket(which, '/assignee'), { member }, sending),
    /** Takes back your last move, within its minute. */
    undo: (which: Which, sending: Sending = {}): Promise<Ticket> =>
      write('POST', ticket(which, '/undo'), {}, sending),
    /** What happened to it, oldest first. */
    history: async (which: Which): Promise<readonly TicketEvent[]> =>
      (await read<{ readonly events: readonly TicketEvent[] }>(send(ticket(which, '/events')))).events,
    /** Every step with its first tickets. */
    board: (filter: Omit<Filter, 'step'> & { readonly limit?: number } = {}): Promise<Board> =>
      read(send(`/${part(app)}/board`, { query: queryOf(filter) })),
  };
};

/** The tickets of one app of an organisation. */
export type App = ReturnType<typeof appOf>;

/**
 * An organisation of a server.
 * @param address where people find it, its short name last: `http://localhost:3000/kerlann`
 */
export const connect = (address: string, options: Options = {}) => {
  const url = new URL(address);
  const organisation = url.pathname.split('/').findLast((name) => name !== '');
  if (organisation === undefined)
    throw new TypeError(`Which organisation? Write its short name last: ${url.origin}/kerlann`);
  const send = sender(`${url.origin}/api/v1/${organisation}`, options);
  return {
    app: (name: string): App => appOf(send, name),
    /** The tickets of every app that you see, such as all that is late. */
    list: (listing: Listing = {}): AsyncGenerator<Ticket, void, void> => pages(send, '/tickets', listing),
    /** As one remembers: half words, typos, sounds, several cues at once. */
    search: async (q: string, { app, limit, signal }: Searching = {}): Promise<readonly Hit[]> =>
      (await read<Found>(send('/search', { query: { q, app, limit }, signal }))).hits,
    /** What happens, as it happens; broken connections are taken up where they stopped. */
    stream: (following: Following = {}): AsyncGenerator<News, void, void> => follow(send, following),
  };
};

/** An organisation of a server. */
export type Vigie = ReturnType<typeof connect>;
