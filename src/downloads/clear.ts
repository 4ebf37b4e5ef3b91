import { Refused } from '../engine/index.ts';
import { clearFile, lockFiles } from '../files/index.ts';
import { record } from '../log/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import type { Call } from '../tickets/index.ts';
import type { Keys } from '../vault/index.ts';
import { aboutOf } from './view.ts';

const NOT_TO_CLEAR =
  'Seul un fichier retenu pour des données de santé peut être libéré. / Only a file held back for health data can be released.';

/**
 * Lets go of a file in which the guard found what it took for health data, because somebody looked and says that it is
 * none. The reason is sealed with the file; the log says who and which.
 * @throws Refused `not_found`; HttpProblem 409 `not_to_release` when it is held back for anything else
 */
export const clearOfHealth = (call: Call, keys: Keys, id: string, reason: string): Promise<void> =>
  asOrganisation(call.db, call.house.id, async (tx) => {
    const [row] = await lockFiles(tx, call.house.id, [id]);
    if (!row) throw new Refused({ code: 'not_found' });
    if (row.state !== 'quarantined' || row.reason !== 'health_data')
      throw new HttpProblem(problem(409, 'not_to_release', NOT_TO_CLEAR));
    const cleared = { at: new Date(call.now).toISOString(), by: call.actor.id ?? '', reason };
    await clearFile(tx, call.house.id, id, keys.sealAbout(id, { ...aboutOf(keys, row), cleared }));
    await record(
      tx,
      call.house.id,
      'file_released',
      call.actor,
      { file: id, ticket: row.ticketId },
      call.now,
    );
  });
