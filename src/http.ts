import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';

import { Refused } from './engine/index.ts';
import { formRoutes } from './forms/index.ts';
import { healthRoutes } from './health/index.ts';
import { streamRoutes } from './live/index.ts';
import type { Followers, Listening } from './log/index.ts';
import { logRoutes } from './log/routes.ts';
import { noticeRoutes } from './notices/routes.ts';
import { organisationRoutes } from './organisations/routes.ts';
import type { Carry, Doors, Frame, Vars } from './people/index.ts';
import { peopleRoutes, signInRoutes } from './people/routes.ts';
import { answerError, schemaProblem } from './platform/http/errors.ts';
import { localeOf } from './platform/http/locale.ts';
import { problem, problemResponse } from './platform/http/problem.ts';
import type { Logger } from './platform/logging.ts';
import { searchRoutes } from './search/routes.ts';
import { KeyReused, type Numbers, refusalProblem } from './tickets/index.ts';
import { listRoutes } from './tickets/lists/routes.ts';
import { ticketRoutes } from './tickets/routes.ts';

const LARGEST = 1024 * 1024;

const newDoors = (): Doors =>
  new OpenAPIHono<Vars>({
    defaultHook: (result) => {
      if (result.success) return undefined;
      // A path that cannot be is a path that is not.
      return problemResponse(
        result.target === 'param' ? problem(404, 'not_found') : schemaProblem(result.error, result.target),
      );
    },
  });

/** What the routes are made of, beside the frame. */
export interface Parts {
  readonly logger: Logger;
  readonly numbers: Numbers;
  readonly listening: Listening;
  readonly followers: Followers;
  readonly carry: Carry;
  /** Is a mail server configured? */
  readonly mails: boolean;
  readonly ready: () => boolean;
}

/** Everything that answers over HTTP, but the pages. */
export const openDoors = (frame: Frame, parts: Parts): Doors => {
  const api = newDoors();
  const tooLarge = (): Response =>
    problemResponse(problem(413, 'too_large', '1 Mo au plus. / At most 1 MB.'));
  const limited = bodyLimit({ maxSize: LARGEST, onError: tooLarge });
  api.on(['POST', 'PUT', 'PATCH', 'DELETE'], '*', (c, next) => {
    // A length that is said is kept to by Node; to count a body is to read it twice.
    const length = c.req.header('content-length');
    if (length === undefined) return limited(c, next);
    return Number(length) > LARGEST ? Promise.resolve(tooLarge()) : next();
  });
  api.use('*', async (c, next) => {
    // Said before the answer is made: afterwards, it would have to be made again.
    c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
    await next();
  });
  api.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' });
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'vigie-{organisation}',
  });
  api.get('/openapi.json', (c) => c.json(describe(api)));
  signInRoutes(api, frame, parts.carry);
  organisationRoutes(api, frame);
  peopleRoutes(api, frame);
  noticeRoutes(api, frame, parts.mails);
  logRoutes(api, frame, parts.followers);
  streamRoutes(api, frame, parts.listening);
  searchRoutes(api, frame);
  listRoutes(api, frame);

  const root = newDoors();
  healthRoutes(root, frame.db, parts.ready);
  formRoutes(root, api, frame);
  ticketRoutes(api, frame, parts.numbers);
  root.route('/api/v1', api);
  root.notFound(() => problemResponse(problem(404, 'not_found')));
  root.onError(
    answerError(parts.logger, (error, c) =>
      error instanceof Refused || error instanceof KeyReused
        ? refusalProblem(error, c.get('caller')?.locale ?? localeOf(c.req.header('accept-language')))
        : undefined,
    ),
  );
  return root;
};

/** The API as OpenAPI 3.1, from the routes themselves. */
export const describe = (api: Doors): object =>
  api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Vigie',
      version: '1',
      license: { name: 'AGPL-3.0-or-later', url: 'https://www.gnu.org/licenses/agpl-3.0.html' },
    },
    servers: [{ url: '/api/v1' }],
  });
