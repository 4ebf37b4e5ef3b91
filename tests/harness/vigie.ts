import { rmSync } from 'node:fs';
import type { TestContext } from 'node:test';

import { linkFor } from '../../src/people/index.ts';
import { testClock, type TestClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger, type Logger } from '../../src/platform/logging.ts';
import { startVigie, type Vigie } from '../../src/server.ts';
import { type Cast, type Name, setStage } from './cast.ts';
import { temporaryFolder } from './cluster.ts';
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
  /** Signs somebody in and gives their browser. */
  as(name: Name): Promise<Hand>;
  /** A program. */
  withKey(key: string): Hand;
  /** Nobody in particular. */
  readonly stranger: Hand;
  /** Lets time pass, and everything that follows from it happen. */
  pass(milliseconds: number): Promise<void>;
}

export interface StageOptions {
  readonly smtpUrl?: string;
  readonly at?: string;
  /** Hears everything the server says of its work; without it, only errors are shown. */
  readonly logger?: Logger;
}

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
  const cast = await setStage(db, clock.now());
  const config = {
    ...readConfig({
      PORT: '0',
      VIGIE_DEMO: '0',
      VIGIE_DATA: data,
      DATABASE_URL: db.url,
      LOG_LEVEL: 'error',
    }),
    ...(options.smtpUrl !== undefined && { smtpUrl: options.smtpUrl }),
  };
  const vigie = await startVigie(config, options.logger ?? createLogger('error'), { clock });
  running.push(vigie);

  const hand = (given: Record<string, string>): Hand => ({
    cookie: given['cookie'] ?? '',
    ask: async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(`${vigie.url}/api/v1${path}`, {
        method,
        headers: {
          ...given,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          origin: vigie.url,
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

  return {
    vigie,
    db,
    clock,
    cast,
    stranger,
    withKey: (key) => hand({ authorization: `Bearer ${key}` }),
    as: async (name) => {
      const { id, organisation, organisationId } = cast[name];
      const url = await linkFor(db, { id: organisationId, slug: organisation }, vigie.url, id, clock.now());
      const token = url.split('/').at(-1);
      const signedIn = await stranger.ask('POST', `/${organisation}/sessions`, { token });
      if (signedIn.status !== 201)
        throw new Error(`${name} could not sign in: ${JSON.stringify(signedIn.body)}`);
      return hand({
        cookie: signedIn.headers
          .getSetCookie()
          .map((cookie) => cookie.split(';')[0])
          .join('; '),
      });
    },
    pass: async (milliseconds) => {
      clock.advance(milliseconds);
      await vigie.look();
      await vigie.settled();
    },
  };
};
