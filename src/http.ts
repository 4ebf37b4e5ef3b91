import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import { Refused } from './engine/index.ts';
import { deedRoutes } from './deeds/routes.ts';
import { downloadRoutes } from './downloads/routes.ts';
import { bagRoutes } from './bags/routes.ts';
import { dropForms } from './drops/index.ts';
import { openDropRoutes } from './drops/open-routes.ts';
import { dropRoutes } from './drops/routes.ts';
import { formRoutes } from './forms/index.ts';
import { guestRoutes } from './guests/routes.ts';
import { healthRoutes } from './health/index.ts';
import { keepingRoutes } from './keeping/routes.ts';
import { leavingRoutes } from './leaving/routes.ts';
import { streamRoutes } from './live/index.ts';
import type { Followers, Listening } from './log/index.ts';
import { logRoutes } from './log/routes.ts';
import { noticeRoutes } from './notices/routes.ts';
import type { OpenId } from './openid/index.ts';
import { openIdRoutes } from './openid/routes.ts';
import { urlOf } from './organisations/index.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { ownPasskeyRoutes } from './passkeys/account.ts';
import { invitationRoutes } from './passkeys/invitations.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { securityRoutes } from './passkeys/security.ts';
import { stepUpRoutes } from './passkeys/step-up.ts';
import { tellOf } from './passkeys/words.ts';
import { accountRoutes } from './people/account/routes.ts';
import { wholeRoutes } from './organisations/whole/routes.ts';
import type { Carry, Doors, Frame, Vars } from './people/index.ts';
import { peopleRoutes, signInRoutes } from './people/routes.ts';
import { answerError } from './platform/http/errors.ts';
import { localeOf } from './platform/http/locale.ts';
import { HttpProblem, problem, problemResponse } from './platform/http/problem.ts';
import type { Images } from './platform/images/index.ts';
import type { Logger } from './platform/logging.ts';
import type { Mailer } from './platform/mail.ts';
import type { Texter } from './platform/sms.ts';
import { checkRoutes } from './sealed/check-routes.ts';
import { sealedDropRoutes } from './sealed/drop-routes.ts';
import { sealedRoutes } from './sealed/routes.ts';
import { receiptRoutes } from './receipts/routes.ts';
import { reviewRoutes } from './review/routes.ts';
import { openShareRoutes } from './shares/open/routes.ts';
import { shareRoutes } from './shares/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { stationRoutes } from './stations/routes.ts';
import { KeyReused, refusalProblem } from './tickets/index.ts';
import { listRoutes } from './tickets/lists/routes.ts';
import { ticketRoutes } from './tickets/routes.ts';
import { traceRoutes } from './traces/routes.ts';
import { uploadRoutes } from './uploads/routes.ts';
import type { Desk } from './uploads/index.ts';
import { type Vault, vaultProblem } from './vault/index.ts';

const LARGEST = 1024 * 1024;

const newDoors = (): Doors => new OpenAPIHono<Vars>();

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
  readonly vault: Vault;
  readonly images: Images;
  /** What carries mail, where a server for it is configured. */
  readonly mailer: Mailer | null;
  readonly texter: Texter | null;
  /** Where its blobs lie. */
  readonly vaultLies: 'folder' | 's3';
  /** Where bytes come in. */
  readonly desk: Desk;
  /** Where clamd is. */
  readonly clamd: string | undefined;
  readonly ready: () => boolean;
  /** What opens /metrics; without it, only this machine does. */
  readonly metricsToken: string | undefined;
}

/** What was under way when its organisation was deleted. */
const isOfNobody = (error: unknown): boolean =>
  error instanceof Error &&
  'constraint_name' in error &&
  String(error.constraint_name).endsWith('_organisation_id_fkey');

/** A piece of a file, for one of the places that take them: nothing else there reads a body. */
const isPiece = (c: Context): boolean =>
  c.req.header('content-type') === 'application/offset+octet-stream' &&
  /\/uploads(?:\/[^/]+)?$/u.test(c.req.path);

/** What was sealed, opened, and is to be looked at: its route reads it as it comes, and counts. */
const isStreamed = (c: Context): boolean =>
  c.req.header('content-type') === 'application/octet-stream' && c.req.path.endsWith('/sealed/check');

/** Everything that answers over HTTP, but the pages. */
export const openDoors = (frame: Frame, parts: Parts): Doors => {
  const api = newDoors();
  const tooLarge = (): never => {
    throw new HttpProblem(problem(413, 'too_large', '1 Mo au plus. / At most 1 MB.'));
  };
  const limited = bodyLimit({ maxSize: LARGEST, onError: tooLarge });
  api.on(['POST', 'PUT', 'PATCH', 'DELETE'], '*', (c, next) => {
    // What comes in pieces is written as it comes, and counted by whoever writes it.
    if (isPiece(c) || isStreamed(c)) return next();
    // A length that is said is kept to by Node; to count a body is to read it twice.
    const length = c.req.header('content-length');
    if (length === undefined) return limited(c, next);
    return Number(length) > LARGEST ? tooLarge() : next();
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
  peopleRoutes(api, frame, (tx, house, member, now) =>
    tellOf(tx, house, urlOf(frame, house), member, 'moved', '', now),
  );
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
  keepingRoutes(api, frame, parts.vault, parts.vaultLies);

  const root = newDoors();
  healthRoutes(root, frame, parts.ready, parts.metricsToken);
  formRoutes(root, api, frame, parts.desk);
  ticketRoutes(api, frame);
  downloadRoutes(api, frame, parts.vault);
  const { vault, images, mailer, texter, logger } = parts;
  const sharing = { vault, images, post: { mailer, texter, logger } };
  shareRoutes(api, frame, sharing);
  openShareRoutes(api, frame, sharing);
  bagRoutes(api, frame, parts.vault);
  uploadRoutes(api, frame, parts.desk);
  sealedRoutes(api, frame);
  checkRoutes(api, frame, parts.clamd);
  sealedDropRoutes(api, frame, parts.vault);
  receiptRoutes(api, frame, parts.vault);
  dropRoutes(api, frame, parts.vault);
  openDropRoutes(api, frame, parts.desk);
  dropForms(root, frame, parts.desk);
  root.route('/api/v1', api);
  root.notFound(() => problemResponse(problem(404, 'not_found')));
  root.onError(
    answerError(parts.logger, (error, c) =>
      error instanceof Refused || error instanceof KeyReused
        ? refusalProblem(error, c.get('caller')?.locale ?? localeOf(c.req.header('accept-language')))
        : (vaultProblem(error) ?? (isOfNobody(error) ? problem(404, 'not_found') : undefined)),
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
