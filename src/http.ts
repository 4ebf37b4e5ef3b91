import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';

import { Refused } from './engine/index.ts';
import { deedRoutes } from './deeds/routes.ts';
import { formRoutes } from './forms/index.ts';
import { guestRoutes } from './guests/routes.ts';
import { healthRoutes } from './health/index.ts';
import { leavingRoutes } from './leaving/routes.ts';
import { streamRoutes } from './live/index.ts';
import type { Followers, Listening } from './log/index.ts';
import { logRoutes } from './log/routes.ts';
import { noticeRoutes } from './notices/routes.ts';
import type { OpenId } from './openid/index.ts';
import { openIdRoutes } from './openid/routes.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { ownPasskeyRoutes } from './passkeys/account.ts';
import { invitationRoutes } from './passkeys/invitations.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { securityRoutes } from './passkeys/security.ts';
import { stepUpRoutes } from './passkeys/step-up.ts';
import { accountRoutes } from './people/account/routes.ts';
import { wholeRoutes } from './organisations/whole/routes.ts';
import type { Carry, Doors, Frame, Vars } from './people/index.ts';
import { peopleRoutes, signInRoutes } from './people/routes.ts';
import { answerError, logRefusal, schemaProblem } from './platform/http/errors.ts';
import { localeOf } from './platform/http/locale.ts';
import { problem, problemResponse } from './platform/http/problem.ts';
import type { Logger } from './platform/logging.ts';
import { reviewRoutes } from './review/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { stationRoutes } from './stations/routes.ts';
import { KeyReused, refusalProblem } from './tickets/index.ts';
import { listRoutes } from './tickets/lists/routes.ts';
import { ticketRoutes } from './tickets/routes.ts';
import { traceRoutes } from './traces/routes.ts';

const LARGEST = 1024 * 1024;

const newDoors = (logger: Logger): Doors =>
  new OpenAPIHono<Vars>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      // A path that cannot be is a path that is not.
      const refused =
        result.target === 'param' ? problem(404, 'not_found') : schemaProblem(result.error, result.target);
      logRefusal(logger, c, refused);
      return problemResponse(refused);
    },
  });

/** What the routes are made of, beside the frame. */
export interface Parts {
  readonly logger: Logger;
  readonly listening: Listening;
  readonly followers: Followers;
  readonly carry: Carry;
  readonly openId: OpenId;
  /** Is a mail server configured? */
  readonly mails: boolean;
  /** What PINs are hashed with, beside their salt. */
  readonly pepper: Buffer;
  readonly ready: () => boolean;
  /** What opens /metrics; without it, only this machine does. */
  readonly metricsToken: string | undefined;
}

/** What was under way when its organisation was deleted. */
const isOfNobody = (error: unknown): boolean =>
  error instanceof Error &&
  'constraint_name' in error &&
  String(error.constraint_name).endsWith('_organisation_id_fkey');

/** Everything that answers over HTTP, but the pages. */
export const openDoors = (frame: Frame, parts: Parts): Doors => {
  const api = newDoors(parts.logger);
  const tooLarge = (): Response =>
    problemResponse(problem(413, 'too_large', '1 Mo au plus. / At most 1 MB.'));
  const limited = bodyLimit({ maxSize: LARGEST, onError: tooLarge });
  api.on(['POST', 'PUT', 'PATCH', 'DELETE'], '*', (c, next) => {
    // A length that is said is kept to by Node; to count a body is to read it twice.
    const length = c.req.header('content-length');
    if (length === undefined) return limited(c, next);
    return Number(length) > LARGEST ? Promise.resolve(tooLarge()) : next();
  });
  api.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' });
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'vigie-{organisation}',
  });
  let described: object | null = null;
  api.get('/openapi.json', (c) => c.json((described ??= describe(api))));
  signInRoutes(api, frame, parts.carry);
  passkeyRoutes(api, frame);
  invitationRoutes(api, frame, parts.carry, parts.mails);
  accountRoutes(api, frame);
  ownPasskeyRoutes(api, frame);
  stepUpRoutes(api, frame);
  securityRoutes(api, frame);
  openIdRoutes(api, frame, parts.openId, parts.logger);
  organisationRoutes(api, frame);
  wholeRoutes(api, frame, parts.logger);
  peopleRoutes(api, frame);
  stationRoutes(api, frame, parts.pepper);
  guestRoutes(api, frame);
  leavingRoutes(api, frame);
  reviewRoutes(api, frame);
  deedRoutes(api, frame);
  noticeRoutes(api, frame, parts.mails);
  logRoutes(api, frame, parts.followers);
  streamRoutes(api, frame, parts.listening);
  searchRoutes(api, frame);
  listRoutes(api, frame);
  traceRoutes(api, frame);

  const root = newDoors(parts.logger);
  healthRoutes(root, frame, parts.ready, parts.metricsToken);
  formRoutes(root, api, frame);
  ticketRoutes(api, frame);
  root.route('/api/v1', api);
  root.notFound(() => problemResponse(problem(404, 'not_found')));
  root.onError(
    answerError(parts.logger, (error, c) =>
      error instanceof Refused || error instanceof KeyReused
        ? refusalProblem(error, c.get('caller')?.locale ?? localeOf(c.req.header('accept-language')))
        : isOfNobody(error)
          ? problem(404, 'not_found')
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
