import { z } from '@hono/zod-openapi';

import {
  callerOf,
  door,
  type DoorContext,
  type Doors,
  type Frame,
  giveSession,
  hashSecret,
  sessionSecret,
} from '../people/index.ts';
import { HttpProblem } from '../platform/http/problem.ts';
import type { Logger } from '../platform/logging.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { type Client, type Proof, ProviderTrouble, type Trouble } from './client.ts';
import { type Finished, finish, type Refusal } from './finish.ts';
import type { OpenId } from './index.ts';
import { callbackOf, page, toldAt, within } from './paths.ts';
import { attemptOf, isSame, readState, takeAttempt, type Ways, waysOf } from './secrets.ts';
import { useAttempt } from './store.ts';

/** The session that this browser has, while it is good. */
const sessionHere = async (frame: Frame, c: DoorContext, slug: string): Promise<Buffer | null> => {
  try {
    return (await callerOf(frame, c, slug)).session?.hash ?? null;
  } catch (error) {
    if (error instanceof HttpProblem) return null;
    throw error;
  }
};

/** What kept a provider from leading somebody in, written down where whoever runs the server can do something. */
export const troubled = (logger: Logger, error: unknown, provider: string): Trouble => {
  if (!(error instanceof ProviderTrouble)) throw error;
  if (error.trouble !== 'denied')
    logger.warn(
      { provider, trouble: error.trouble, code: error.why },
      'A provider did not lead somebody in.',
    );
  return error.trouble;
};

/** Coming back from a provider. */
export const callbackRoute = (doors: Doors, frame: Frame, openId: OpenId, logger: Logger): void => {
  const { db, clock, url } = frame;

  const proofOf = async (c: DoorContext, client: Client, ways: Ways): Promise<Proof | Trouble> => {
    const came = new URL(callbackOf(url, client.provider.id));
    came.search = new URL(c.req.url).search;
    try {
      return await client.verify(ways, came);
    } catch (error) {
      return troubled(logger, error, client.provider.id);
    }
  };

  const comeIn = (
    c: DoorContext,
    slug: string,
    tag: string,
    finished: Exclude<Finished, { kind: 'refused' }>,
  ): string => {
    if (finished.kind === 'choose') return page(slug, `/sign-in/activity/${tag}`);
    takeAttempt(c, url, tag);
    if (finished.kind === 'linked') return page(slug, '/account/identities?openid=linked');
    giveSession(c, url, slug, finished.secret);
    return within(slug, finished.next);
  };

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/openid/{provider}/callback',
      permit: 'anyone',
      params: z.object({ provider: z.string().max(40) }),
      summary: 'Where a provider sends people back to',
      answers: { 303: 'Into the organisation, or to the page that says why not' },
    },
    async ({ c, params }) => {
      const state = c.req.query('state') ?? '';
      const read = readState(state);
      if (!read) return c.redirect('/?openid=other_browser', 303);
      const { slug, tag } = read;
      const house = await frame.houses.bySlug(slug);
      const client = openId.clientFor(slug, params.provider);
      const secret = attemptOf(c, url, tag);
      const ways = secret === undefined ? null : waysOf(secret, slug);
      if (!house || !client || secret === undefined || !ways || !isSame(state, ways.state))
        return c.redirect(toldAt(slug, 'other_browser', params.provider), 303);
      const attempt = await asOrganisation(db, house.id, (tx) =>
        useAttempt(tx, house.id, hashSecret(secret), new Date(clock.now())),
      );
      const told = (why: Refusal): Response => {
        takeAttempt(c, url, tag);
        return c.redirect(toldAt(slug, why, params.provider, attempt?.purpose), 303);
      };
      if (!attempt) return told('too_late');
      // Every provider has its own address to come back to: another's answer is no answer.
      if (attempt.provider !== params.provider) return told('not_trusted');
      const proof = await proofOf(c, client, ways);
      if (typeof proof === 'string') return told(proof);
      const finished = await finish(
        db,
        house,
        {
          provider: client.provider,
          attempt,
          secret,
          proof,
          browser: { userAgent: c.req.header('user-agent'), instead: sessionSecret(c, url, slug) },
          session: await sessionHere(frame, c, slug),
        },
        clock.now(),
      );
      if (finished.kind === 'refused') return told(finished.why);
      frame.committed();
      return c.redirect(comeIn(c, slug, tag, finished), 303);
    },
  );
};
