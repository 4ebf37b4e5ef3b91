import { rmSync } from 'node:fs';
import type { TestContext } from 'node:test';

import { type Assurance, beginSession, linkFor } from '../../src/people/index.ts';
import { asOrganisation } from '../../src/platform/postgres/index.ts';
import { testClock, type TestClock } from '../../src/platform/clock.ts';
import { type Config, readConfig } from '../../src/platform/config.ts';
import { createLogger, type Logger } from '../../src/platform/logging.ts';
import { startVigie, type Vigie } from '../../src/server.ts';
import { openVaultOf } from '../../src/vault/index.ts';
import { type Cast, type Name, setStage } from './cast.ts';
import { temporaryFolder } from './cluster.ts';
import { type Guest, invite, pairStation, PIN, type SharedStation, type StationPlace } from './confined.ts';
import { testDatabase, type TestDatabase } from './database.ts';

/** Monday 2 March 2026, 10:00 in Paris: both organisations have a whole day before them, the lab opens tomorrow. */
export const MONDAY = '2026-03-02T09:00:00Z';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** Somebody at a browser, or a program with a key. */
export interface Hand {
  ask<T = Ticket>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  readonly cookie: string;
}

/** What tests read of a ticket. */
export interface Ticket {
  readonly reference: string;
  readonly app: string;
  readonly step: string;
  readonly heading: string;
  readonly fields: Record<string, unknown>;
  readonly sealed: readonly string[];
  readonly due: string | null;
  readonly promise: string | null;
  readonly lateness: string;
  readonly version: number;
  readonly moves: readonly string[];
  readonly undo: { readonly until: string } | null;
  readonly held: { readonly open: number; readonly total: number } | null;
  readonly holder: { readonly reference: string } | null;
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly site: string | null;
  readonly closed: string | null;
  readonly created: string;
}

export interface Stage {
  readonly vigie: Vigie;
  readonly db: TestDatabase;
  readonly clock: TestClock;
  readonly cast: Cast;
  /** Signs somebody in and gives their browser; `strong` as if by their passkey. */
  as(name: Name, assurance?: Assurance): Promise<Hand>;
  /** A program. */
  withKey(key: string): Hand;
  /** Nobody in particular. */
  readonly stranger: Hand;
  /** A shared station that an administrator pairs, and the tablet that it is. */
  station(administrator: Name, place: StationPlace): Promise<SharedStation>;
  /** Gives somebody the PIN that everyone has in tests. */
  pin(name: Name, pin?: string): Promise<void>;
  /** Whoever holds a link that somebody made to a ticket. */
  guest(
    maker: Name,
    ticket: { readonly app: string; readonly reference: string; readonly role: string },
  ): Promise<Guest>;
  /** Lets time pass, and everything that follows from it happen. */
  pass(milliseconds: number): Promise<void>;
}

export interface StageOptions {
  readonly smtpUrl?: string;
  readonly smsCommand?: string;
  readonly at?: string;
  /** Organisations beside the two that are always there. */
  readonly also?: readonly ('rade' | 'garenne')[];
  /** What `VIGIE_OPENID` says. */
  readonly openid?: object;
  /** Settings that differ; limits are off unless they are said, for a whole cast knocks from one address. */
  readonly settings?: Partial<Config>;
  /** Opens the vaults of all organisations of the cast, so that they keep files. */
  readonly vault?: true;
  /** Hears everything the server says of its work; without it, only errors are shown. */
  readonly logger?: Logger;
}

/** People and programs at a server: how they sign in, and what they send. */
export const handsAt = (
  { url }: Pick<Vigie, 'url'>,
  { db, cast, clock }: Pick<Stage, 'db' | 'cast' | 'clock'>,
): Pick<Stage, 'as' | 'stranger'> & { readonly hand: (given: Record<string, string>) => Hand } => {
  const hand = (given: Record<string, string>): Hand => ({
    cookie: given['cookie'] ?? '',
    ask: async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          ...given,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          origin: url,
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      return {
        status: response.status,
        headers: response.headers,
        body: (isJson ? JSON.parse(text) : text) as T,
      };
    },
  });
  const stranger = hand({});
  const as: Stage['as'] = async (name, assurance = 'low') => {
    const { id, organisation, organisationId } = cast[name];
    if (assurance !== 'low') {
      const arrival = { memberId: id, methods: ['passkey'], assurance, userAgent: undefined } as const;
      const secret = await asOrganisation(db, organisationId, (tx) =>
        beginSession(tx, organisationId, arrival, clock.now()),
      );
      return hand({ cookie: `vigie-${organisation}=${secret}` });
    }
    const link = await linkFor(db, { id: organisationId, slug: organisation }, url, id, clock.now());
    const token = link.split('/').at(-1);
    const signedIn = await stranger.ask('POST', `/${organisation}/sessions`, { token });
    if (signedIn.status !== 201)
      throw new Error(`${name} could not sign in: ${JSON.stringify(signedIn.body)}`);
    return hand({
      cookie: signedIn.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    });
  };
  return { hand, as, stranger };
};

/** A whole server on a database of its own, with the cast, and a clock that stands still until told. */
export const stage = async (t: TestContext, options: StageOptions = {}): Promise<Stage> => {
  // Hooks run in the order they are given: the server must stop before its database goes.
  const running: Vigie[] = [];
  const data = temporaryFolder('vigie-stage-');
  t.after(async () => {
    await Promise.all(running.map((one) => one.stop()));
    rmSync(data, { recursive: true });
  });
  const db = await testDatabase(t);
  const clock = testClock(options.at ?? MONDAY);
  const cast = await setStage(db, clock.now(), options.also);
  const config = {
    ...readConfig({
      PORT: '0',
      VIGIE_DEMO: '0',
      VIGIE_DATA: data,
      DATABASE_URL: db.url,
      LOG_LEVEL: 'error',
      ...(options.openid !== undefined && { VIGIE_OPENID: JSON.stringify(options.openid) }),
      VIGIE_LIMITS: 'off',
    }),
    ...options.settings,
    ...(options.smtpUrl !== undefined && { smtpUrl: options.smtpUrl }),
    ...(options.smsCommand !== undefined && { smsCommand: options.smsCommand }),
  };
  const vigie = await startVigie(config, options.logger ?? createLogger('error'), { clock });
  running.push(vigie);
  if (options.vault)
    for (const id of new Set(Object.values(cast).map(({ organisationId }) => organisationId)))
      await openVaultOf(vigie.vault, id);

  const { hand, as, stranger } = handsAt(vigie, { db, cast, clock });
  return {
    vigie,
    db,
    clock,
    cast,
    stranger,
    withKey: (key) => hand({ authorization: `Bearer ${key}` }),
    as,
    station: async (name, place) =>
      pairStation(hand, await as(name, 'strong'), cast[name].organisation, place),
    pin: async (name, pin = PIN) => {
      const { status } = await (
        await as(name, 'strong')
      ).ask('PUT', `/${cast[name].organisation}/me/pin`, { pin });
      if (status !== 204) throw new Error(`${name} could not choose a PIN: ${status}`);
    },
    guest: async (maker, ticket) => invite(hand, await as(maker), cast[maker].organisation, ticket),
    pass: async (milliseconds) => {
      clock.advance(milliseconds);
      await vigie.look();
      await vigie.settled();
    },
  };
};
