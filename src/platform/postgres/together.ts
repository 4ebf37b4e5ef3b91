import { setImmediate as immediate } from 'node:timers/promises';
import { type Database, isUnavailable } from './connect.ts';

type Reachable = Pick<Database, 'app'>;

/** Answers several questions of an organisation at once, in their order. */
type Answers<Question, Answer> = (
  db: Reachable,
  organisationId: string,
  questions: readonly Question[],
) => Promise<readonly Answer[]>;

interface Waiting<Question, Answer> extends PromiseWithResolvers<Answer> {
  readonly question: Question;
}

const MOST = 200;

/**
 * Asks for many at once: whoever comes while a statement is under way is served by the next one, all together. It
 * begins after each of them has come, so what they get is as fresh as if each had asked alone. A quiet moment costs
 * what it did, and a busy one little more.
 * @param lineOf whose questions wait for each other; an organisation's, if it is not said
 */
export const together = <Question, Answer>(
  ask: Answers<Question, Answer>,
  lineOf: (organisationId: string, question: Question) => string = (organisationId) => organisationId,
): ((db: Reachable, organisationId: string, question: Question) => Promise<Answer>) => {
  type Queue = Waiting<Question, Answer>[];
  const queues = new WeakMap<object, Map<string, Queue>>();

  const serve = async (db: Reachable, organisationId: string, group: Queue): Promise<void> => {
    try {
      const answers = await ask(
        db,
        organisationId,
        group.map(({ question }) => question),
      );
      for (const [at, { resolve }] of group.entries()) resolve(answers[at] as Answer);
    } catch (error) {
      // One question that PostgreSQL refuses is nobody else's trouble. When it is away, nobody knows what it has done.
      if (group.length > 1 && !isUnavailable(error))
        await Promise.all(group.map((one) => serve(db, organisationId, [one])));
      else for (const { reject } of group) reject(error);
    }
  };

  return (db, organisationId, question) => {
    const waiting: Waiting<Question, Answer> = { ...Promise.withResolvers<Answer>(), question };
    const ofDatabase = queues.get(db.app) ?? new Map<string, Queue>();
    queues.set(db.app, ofDatabase);
    const line = lineOf(organisationId, question);
    const queue = ofDatabase.get(line);
    if (queue) queue.push(waiting);
    else {
      const started = [waiting];
      ofDatabase.set(line, started);
      void (async () => {
        await immediate();
        while (started.length > 0) await serve(db, organisationId, started.splice(0, MOST));
        ofDatabase.delete(line);
      })();
    }
    return waiting.promise;
  };
};
