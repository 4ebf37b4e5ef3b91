import type postgres from 'postgres';
import { allInOrganisation, type Database, isUnavailable } from './connect.ts';
import type { Tx } from './scope.ts';

type Reachable = Pick<Database, 'app'>;
type Asking = postgres.PendingQuery<object[]>;

/** Questions of one kind that a round of reading answers by one statement. */
interface Part {
  send(tx: Tx, organisationId: string): Asking;
  /** Gives each its answer. */
  answer(rows: readonly object[]): void;
  fail(error: unknown): void;
  /** The same, each question by itself. */
  split(): readonly Part[];
}

/** Where the questions of an organisation wait for the round under way to end. */
interface Desk {
  waiting: Map<object, Part>;
}

const desks = new WeakMap<object, Map<string, Desk>>();

/** Several statements in one transaction, in one write: what they read is as of when each is run. */
const read = async (db: Reachable, organisationId: string, parts: readonly Part[]): Promise<void> => {
  let answers: readonly (readonly object[])[];
  try {
    answers = await allInOrganisation(db, organisationId, (tx) =>
      parts.map((part) => part.send(tx, organisationId)),
    );
  } catch (error) {
    const alone = parts.flatMap((part) => part.split());
    // One question that PostgreSQL refuses is nobody else's trouble; when it is away, it is away for all.
    if (alone.length > 1 && !isUnavailable(error))
      await Promise.all(alone.map((one) => read(db, organisationId, [one])));
    else for (const part of parts) part.fail(error);
    return;
  }
  for (const [at, part] of parts.entries()) part.answer(answers[at] ?? []);
};

/** The round that comes next; it begins once the one under way has ended, or with what else this turn of the loop asks. */
const deskOf = (db: Reachable, organisationId: string): Desk => {
  let ofDatabase = desks.get(db.app);
  if (!ofDatabase) desks.set(db.app, (ofDatabase = new Map()));
  const found = ofDatabase.get(organisationId);
  if (found) return found;
  const desk: Desk = { waiting: new Map() };
  const all = ofDatabase.set(organisationId, desk);
  const round = (): void => {
    const parts = [...desk.waiting.values()];
    desk.waiting = new Map();
    if (parts.length === 0) all.delete(organisationId);
    else void read(db, organisationId, parts).then(round);
  };
  setImmediate(round);
  return desk;
};

/**
 * A kind of question that many ask at once. Whoever asks while a round of reading is under way is served by the next
 * one, together with all others, whatever they ask of the same organisation: one transaction, one write, one statement a
 * kind. It begins after each of them has come, so what they get is as fresh as if each had asked alone.
 * @param statement reads for several questions
 * @param answersOf what its rows say to each, in the order of the questions
 */
export const reading = <Question, Row extends object, Answer>(
  statement: (tx: Tx, organisationId: string, questions: readonly Question[]) => postgres.PendingQuery<Row[]>,
  answersOf: (questions: readonly Question[], rows: readonly Row[]) => readonly Answer[],
): ((db: Reachable, organisationId: string, question: Question) => Promise<Answer>) => {
  type Waiting = Omit<PromiseWithResolvers<Answer>, 'promise'>;
  interface Group extends Part {
    join(question: Question, waiting: Waiting): void;
  }
  const newGroup = (): Group => {
    const questions: Question[] = [];
    const waiting: Waiting[] = [];
    return {
      join: (question, one) => {
        questions.push(question);
        waiting.push(one);
      },
      send: (tx, organisationId) => statement(tx, organisationId, questions) as unknown as Asking,
      answer: (rows) => {
        // The same array as was given to the statement: what was made of it then may be found again.
        const answers = answersOf(questions, rows as readonly Row[]);
        for (const [at, { resolve }] of waiting.entries()) resolve(answers[at] as Answer);
      },
      fail: (error) => {
        for (const { reject } of waiting) reject(error);
      },
      split: () =>
        waiting.map((one, at) => {
          const alone = newGroup();
          alone.join(questions[at] as Question, one);
          return alone;
        }),
    };
  };
  const kind = {};
  return (db, organisationId, question) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const { waiting } = deskOf(db, organisationId);
    let group = waiting.get(kind) as Group | undefined;
    if (!group) waiting.set(kind, (group = newGroup()));
    group.join(question, { resolve, reject });
    return promise;
  };
};

/** The same, of rows by their id. */
export const readingById = <Row extends { readonly id: string }>(
  statement: (tx: Tx, organisationId: string, ids: readonly string[]) => postgres.PendingQuery<Row[]>,
): ((db: Reachable, organisationId: string, id: string) => Promise<Row | undefined>) =>
  reading(
    (tx, organisationId, ids: readonly string[]) => statement(tx, organisationId, [...new Set(ids)]),
    (ids, rows) => ids.map((id) => rows.find((row) => row.id === id)),
  );
