import { z } from '@hono/zod-openapi';

import { record } from '../../log/index.ts';
import { door, type Doors, type Frame } from '../../people/index.ts';
import { HttpProblem, problem } from '../../platform/http/problem.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import type { Logger } from '../../platform/logging.ts';
import { exportWhole, recordExport } from './export.ts';
import { insertDeletion, removeDeletion } from './store.ts';
import { tarSink } from './tar.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
/** How long an administrator can take the deletion back, in milliseconds. */
export const GRACE = 7 * 86_400_000;

/** Taking everything out, and ending an organisation. */
export const wholeRoutes = (doors: Doors, frame: Frame, logger: Logger): void => {
  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/export',
      permit: 'administrator, freshly',
      params: ORGANISATION,
      summary:
        'Everything the organisation has, personal data included, as a tar of JSON lines with checksums',
      answers: { 200: 'application/x-tar' },
    },
    async ({ c, caller }) => {
      const { house } = caller;
      const now = frame.clock.now();
      // No trace, no bytes.
      await recordExport(frame.db, house, caller.actor, now);
      frame.committed();
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const writer = writable.getWriter();
      const folder = `${house.slug}-${new Date(now).toISOString().slice(0, 10)}`;
      const sink = tarSink(folder, now, async (bytes) => {
        await writer.ready;
        await writer.write(bytes);
      });
      exportWhole(frame.db, house, sink, now)
        .then(() => writer.close())
        .catch((error: unknown) => {
          logger.warn({ err: error, organisation: house.slug }, 'An export was cut short.');
          // What is half made must not look whole.
          return writer.abort(error).catch(() => {});
        });
      return c.body(readable, 200, {
        'content-type': 'application/x-tar',
        'content-disposition': `attachment; filename="${folder}.tar"`,
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/deletion',
      permit: 'administrator, freshly',
      params: ORGANISATION,
      body: z.strictObject({ slug: z.string().max(80) }),
      summary: 'Ask that the organisation and everything it has be deleted in seven days',
      answers: { 201: z.object({ at: z.string() }) },
    },
    async ({ c, caller, body }) => {
      const { house, member } = caller;
      if (body.slug.trim() !== house.slug)
        throw new HttpProblem(
          problem(422, 'invalid', `Écrivez ${house.slug} pour confirmer. / Write ${house.slug} to confirm.`, {
            errors: [{ path: 'slug', code: 'not_the_name', message: house.slug }],
          }),
        );
      const now = frame.clock.now();
      const deleteAt = new Date(now + GRACE);
      await asOrganisation(frame.db, house.id, async (tx) => {
        const asked = { askedBy: member?.id ?? '', askedAt: new Date(now), deleteAt };
        if (!(await insertDeletion(tx, house.id, asked)))
          throw new HttpProblem(
            problem(409, 'already_asked', 'C’est déjà demandé. / It was asked for already.'),
          );
        await record(tx, house.id, 'deletion_asked', caller.actor, { at: deleteAt.toISOString() }, now);
      });
      frame.committed();
      return c.json({ at: deleteAt.toISOString() }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/deletion',
      permit: 'administrator',
      params: ORGANISATION,
      summary: 'Take back what was asked: the organisation stays',
      answers: { 204: 'It stays' },
    },
    async ({ c, caller }) => {
      const { house } = caller;
      await asOrganisation(frame.db, house.id, async (tx) => {
        if (!(await removeDeletion(tx, house.id)))
          throw new HttpProblem(
            problem(404, 'not_found', 'Aucune suppression n’est demandée. / No deletion was asked for.'),
          );
        await record(tx, house.id, 'deletion_cancelled', caller.actor, {}, frame.clock.now());
      });
      frame.committed();
      return c.body(null, 204);
    },
  );
};
