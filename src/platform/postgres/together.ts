import { type Database, isUnavailable } from './connect.ts';
import { departure } from './departure.ts';

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

/** Where the questions of a line wait, and how many are under way, in how many groups. */
interface Desk<Question, Answer> {
  readonly line: string;
  readonly queue: Waiting<Question, Answer>[];
  groups: number;
  underWay: number;
}

const MOST = 200;
/** One group that PostgreSQL is at, and one that it begins as soon as that one is done. */
const GROUPS = 2;

/**
 * Asks for many at once: whoever comes while a statement is under way is served by the next one, all together; it
 * leaves when that one is back, or before, when there are as many to serve. It begins after each of them has come, so
 * what they get is as fresh as if each had asked alone. A quiet moment costs what it did, and a busy one little more.
 * What is made of the answers is made while PostgreSQL is at the next ones.
 * @param lineOf whose questions wait for each other; an organisation's, if it is not said
 */
export const together = <Question, Answer>(
  ask: Answers<Question, Answer>,
  lineOf: (organisationId: string, question: Question) => string = (organisationId) => organisationId,
): ((db: Reachable, organisationId: string, question: Question) => Promise<Answer>) => {
  type Group = readonly Waiting<Question, Answer>[];
  const desks = new WeakMap<object, Map<string, Desk<Question, Answer>>>();

  /** Asks, and gives what tells each its answer. */
  const serve = async (db: Reachable, organisationId: string, group: Group): Promise<() => void> => {
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

  /** A group leaves, unless it is better to wait for others. */
  const leave = (db: Reachable, organisationId: string, desk: Desk<Question, Answer>): void => {
    const { queue, groups, underWay } = desk;
    if (queue.length === 0 || groups === GROUPS || (groups > 0 && queue.length < underWay)) return;
    void go(db, organisationId, desk, queue.splice(0, MOST));
  };

  const go = async (
    db: Reachable,
    organisationId: string,
    desk: Desk<Question, Answer>,
    group: Group,
  ): Promise<void> => {
    desk.groups += 1;
    desk.underWay += group.length;
    const tell = await serve(db, organisationId, group);
    desk.groups -= 1;
    desk.underWay -= group.length;
    leave(db, organisationId, desk);
    if (desk.groups > 0) await departure();
    else desks.get(db.app)?.delete(desk.line);
    tell();
  };

  const deskOf = (db: Reachable, line: string): Desk<Question, Answer> => {
    let ofDatabase = desks.get(db.app);
    if (!ofDatabase) desks.set(db.app, (ofDatabase = new Map()));
    let desk = ofDatabase.get(line);
    if (!desk) ofDatabase.set(line, (desk = { line, queue: [], groups: 0, underWay: 0 }));
    return desk;
  };

  return (db, organisationId, question) => {
    const waiting: Waiting<Question, Answer> = { ...Promise.withResolvers<Answer>(), question };
    const desk = deskOf(db, lineOf(organisationId, question));
    const size = desk.queue.push(waiting);
    // All who come in one turn of the loop leave together.
    if (size === 1 || size === desk.underWay) setImmediate(leave, db, organisationId, desk);
    return waiting.promise;
  };
};
