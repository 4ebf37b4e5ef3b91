import type postgres from 'postgres';
import { allInOrganisation, type Database, isUnavailable } from './connect.ts';
import { departure } from './departure.ts';
import type { Tx } from './scope.ts';

export type Reachable = Pick<Database, 'app'>;
type Asking = postgres.PendingQuery<object[]>;

/** Questions of one kind that a round of reading answers by one statement. */
interface Part {
  send(tx: Tx): Asking;
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

/**
 * Several statements in one transaction, in one write: what they read is as of when each is run.
 * @returns what tells each its answer
 */
const read = async (db: Reachable, organisationId: string, parts: readonly Part[]): Promise<() => void> => {
  try {
    const answers = await allInOrganisation(db, organisationId, (tx) => parts.map((part) => part.send(tx)));
    return () => {
      for (const [at, part] of parts.entries()) part.answer(answers[at] ?? []);
    };
  } catch (error) {
    const alone = parts.flatMap((part) => part.split());
    // One question that PostgreSQL refuses is nobody else's trouble; when it is away, it is away for all.
    if (alone.length > 1 && !isUnavailable(error)) {
      const each = await Promise.all(alone.map((one) => read(db, organisationId, [one])));
      return () => {
        for (const tell of each) tell();
      };
    }
    return () => {
      for (const part of parts) part.fail(error);
    };
  }
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
    else void serve(parts);
  };
  const serve = async (parts: readonly Part[]): Promise<void> => {
    const tell = await read(db, organisationId, parts);
    round();
    // What is made of the answers is made while PostgreSQL is at the next ones.
    if (all.get(organisationId) === desk) await departure();
    tell();
  };
  setImmediate(round);
  return desk;
};

/**
 * A kind of question that many ask at once. Whoever asks while a round of reading is under way is served by the next
 * one, together with all others, whatever they ask of the same organisation: one transaction, one write, one statement a
 * kind. It begins after each of them has come, so what they get is as fresh as if each had asked alone.
 * @param statement reads for several questions
 * @param answersOf what its rows say to each, in the order of the questions; it may have to ask further
 */
export const reading = <Question, Row extends object, Answer>(
  statement: (tx: Tx, organisationId: string, questions: readonly Question[]) => postgres.PendingQuery<Row[]>,
  answersOf: (
    questions: readonly Question[],
    rows: readonly Row[],
    db: Reachable,
    organisationId: string,
  ) => readonly (Answer | Promise<Answer>)[],
): ((db: Reachable, organisationId: string, question: Question) => Promise<Answer>) => {
  type Waiting = Omit<PromiseWithResolvers<Answer>, 'promise'>;
  interface Group extends Part {
    join(question: Question, waiting: Waiting): void;
  }
  const newGroup = (db: Reachable, organisationId: string): Group => {
    const questions: Question[] = [];
    const waiting: Waiting[] = [];
    const fail = (error: unknown): void => {
      for (const { reject } of waiting) reject(error);
    };
    return {
      join: (question, one) => {
        questions.push(question);
        waiting.push(one);
      },
      send: (tx) => statement(tx, organisationId, questions) as unknown as Asking,
      answer: (rows) => {
        try {
          const answers = answersOf(questions, rows as readonly Row[], db, organisationId);
          for (const [at, { resolve }] of waiting.entries()) resolve(answers[at] as Answer);
        } catch (error) {
          fail(error);
        }
      },
      fail,
      split: () =>
        waiting.map((one, at) => {
          const alone = newGroup(db, organisationId);
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
    if (!group) waiting.set(kind, (group = newGroup(db, organisationId)));
    group.join(question, { resolve, reject });
    return promise;
  };
};

/** The same, of rows by what stands in one of their columns, each once. */
export const readingBy = <Column extends string, Row extends { readonly [column in Column]: string }>(
  column: Column,
  statement: (tx: Tx, organisationId: string, values: readonly string[]) => postgres.PendingQuery<Row[]>,
): ((db: Reachable, organisationId: string, value: string) => Promise<Row | undefined>) =>
  reading(
    (tx, organisationId, values: readonly string[]) => statement(tx, organisationId, [...new Set(values)]),
    (values, rows) => values.map((value) => rows.find((row) => row[column] === value)),
  );
