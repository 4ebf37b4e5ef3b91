import { z } from '@hono/zod-openapi';

import { record } from '../log/index.ts';
import { door, type Doors, type Frame } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { checker } from './check.ts';
import { ORGANISATION } from './schemas.ts';

const checkedSchema = z
  .object({
    size: z.number(),
    type: z.string(),
    antivirus: z.enum(['clean', 'infected', 'unknown']),
    virus: z.string().nullable(),
    reason: z.string().nullable().openapi({ description: 'Why nothing is known.' }),
    findings: z.array(z.object({ rule: z.string(), strength: z.string(), where: z.string() })),
    uncovered: z.array(z.string()).openapi({ description: 'What the guard could not look at.' }),
  })
  .openapi('SealedChecked');

/** What was sealed is looked at by nobody on its way: whoever opened it may ask for it. */
export const checkRoutes = (doors: Doors, frame: Frame, clamd: string | undefined): void => {
  const check = checker(clamd);
  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/sealed/check',
      permit: 'member',
      params: ORGANISATION,
      summary:
        'Have antivirus and guard look at what you opened: `application/octet-stream`, 64 MiB at most; nothing is kept',
      answers: { 200: checkedSchema },
    },
    async ({ c, caller }) => {
      const { house, actor } = caller;
      const { size, type, antivirus, guard } = await check(c);
      const said = { size, antivirus: antivirus.verdict, findings: guard.findings.length };
      await asOrganisation(frame.db, house.id, (tx) =>
        record(tx, house.id, 'sealed_checked', actor, said, frame.clock.now()),
      );
      frame.committed();
      return c.json({
        size,
        type,
        antivirus: antivirus.verdict,
        virus: antivirus.verdict === 'infected' ? antivirus.name : null,
        reason: antivirus.verdict === 'unknown' ? antivirus.reason : null,
        findings: guard.findings.map(({ rule, strength, where }) => ({ rule, strength, where })),
        uncovered: [...guard.uncovered],
      });
    },
  );
};
