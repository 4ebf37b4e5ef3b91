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

/** Resolves when what was just asked has left: what is sent in one turn of the loop leaves at its end. */
const departure = (): Promise<void> => new Promise((resolve) => process.nextTick(setImmediate, resolve));

/**
 * Asks for many at once: whoever comes while a statement is under way is served by the next one, all together. It
 * begins after each of them has come, so what they get is as fresh as if each had asked alone. A quiet moment costs
 * what it did, and a busy one little more. What is made of the answers is made while PostgreSQL is at the next ones.
 */
export const together = <Question, Answer>(
  ask: Answers<Question, Answer>,
): ((db: Reachable, organisationId: string, question: Question) => Promise<Answer>) => {
  type Queue = Waiting<Question, Answer>[];
  const queues = new WeakMap<object, Map<string, Queue>>();

  /** Asks, and gives what tells each its answer. */
  const serve = async (db: Reachable, organisationId: string, group: Queue): Promise<() => void> => {
    try {
      const answers = await ask(
        db,
        organisationId,
        group.map(({ question }) => question),
      );
      return () => {
        for (const [at, { resolve }] of group.entries()) resolve(answers[at] as Answer);
      };
    } catch (error) {
      // One question that PostgreSQL refuses is nobody else's trouble. When it is away, nobody knows what it has done.
      if (group.length > 1 && !isUnavailable(error)) {
        const each = await Promise.all(group.map((one) => serve(db, organisationId, [one])));
        return () => {
          for (const tell of each) tell();
        };
      }
      return () => {
        for (const { reject } of group) reject(error);
      };
    }
  };

  const serveAll = async (db: Reachable, organisationId: string, queue: Queue): Promise<void> => {
    await immediate();
    let tell = await serve(db, organisationId, queue.splice(0, MOST));
    while (queue.length > 0) {
      const next = serve(db, organisationId, queue.splice(0, MOST));
      await departure();
      tell();
      tell = await next;
    }
    queues.get(db.app)?.delete(organisationId);
    tell();
  };

  return (db, organisationId, question) => {
    const waiting: Waiting<Question, Answer> = { ...Promise.withResolvers<Answer>(), question };
    const ofDatabase = queues.get(db.app) ?? new Map<string, Queue>();
    queues.set(db.app, ofDatabase);
    const queue = ofDatabase.get(organisationId);
    if (queue) queue.push(waiting);
    else {
      const started = [waiting];
      ofDatabase.set(organisationId, started);
      void serveAll(db, organisationId, started);
    }
    return waiting.promise;
  };
};
