import postgres from 'postgres';
import { listen, type Listening } from './listen.ts';
import { driverOptions, openLane, withArrays, type Lane, type LaneOptions, type Statement } from './lane.ts';
import { openScope, speaker, type Scope } from './scope.ts';
import type { Tx } from './scope.ts';

/** A session of one's own, for what outlives a transaction, such as the lock of a leader. */
export type Session = Tx & {
  /** Ends the session, and with it whatever it locked. */
  release(): Promise<void>;
};

/** A pool of connections under one role. Called as a template tag, it runs one statement on any of them. */
export type Sql = Tx & {
  /** Runs `work` in a transaction: committed when it returns, rolled back when it throws. */
  begin<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Takes a connection out of the pool until it is released. */
  reserve(): Promise<Session>;
  /** Hears what `notify` says on a channel, through broken connections too. */
  listen(channel: string, heard: (payload: string) => void, listening?: () => void): Promise<Listening>;
  /** Ends the sessions, waits for the statements and transactions under way, and closes every connection. */
  end(): Promise<void>;
};

/** What connect.ts needs of a pool beyond what its users see. */
export interface Pool {
  readonly sql: Sql;
  /** Runs `work` with a connection of its own, and puts the connection back or, broken, throws it away. */
  withScope<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
  /**
   * Runs `work`, which sends all it has to send before it waits for anything, with a connection that others of the same
   * turn of the loop send on too: their transactions follow one another, and leave in one write.
   */
  withTurn<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
}

type Waiting = PromiseWithResolvers<Lane>;

/** A connection that is shared for one turn of the loop, and how many use it. */
interface Turn {
  readonly lane: Lane;
  users: number;
  joined: number;
}

/** Who shares a connection waits for those before: for so many at most. */
const COMPANIONS = 6;

/** Opens a pool of at most `size` connections, each made when first needed. */
export function openPool(options: LaneOptions, size: number): Pool {
  const factory = withArrays(postgres(driverOptions(options)));
  const idle: Lane[] = [];
  const waiting: Waiting[] = [];
  const everyone = new Set<Lane>();
  const sessions = new Set<Session>();
  let opening = 0;
  let ended: PromiseWithResolvers<void> | undefined;
  let closing = false;

  function fill(): void {
    while (waiting.length > 0) {
      const lane = idle.pop();
      if (lane !== undefined) waiting.shift()?.resolve(lane);
      else if (everyone.size + opening < size) void open(waiting.shift());
      else return;
    }
    if (ended !== undefined && !closing && opening === 0 && idle.length === everyone.size) {
      closing = true;
      const last = idle.splice(0);
      Promise.all(last.map((lane) => lane.close())).then(() => ended?.resolve(), ended.reject);
    }
  }

  async function open(caller: Waiting | undefined): Promise<void> {
    opening += 1;
    try {
      const lane = await openLane({
        ...options,
        onLost: () => {
          everyone.delete(lane);
          const at = idle.indexOf(lane);
          if (at >= 0) idle.splice(at, 1);
          fill();
        },
      });
      everyone.add(lane);
      caller?.resolve(lane);
    } catch (error) {
      caller?.reject(error);
    }
    opening -= 1;
    fill();
  }

  function acquire(): Promise<Lane> {
    if (ended !== undefined) return Promise.reject(new Error('The database is closed.'));
    const caller: Waiting = Promise.withResolvers();
    waiting.push(caller);
    fill();
    return caller.promise;
  }

  function release(lane: Lane): void {
    if (!lane.isLost()) idle.push(lane);
    fill();
  }

  async function withScope<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
    const lane = await acquire();
    const scope = openScope(factory, lane);
    try {
      return await work(scope);
    } finally {
      scope.end();
      release(lane);
    }
  }

  let turn: Turn | undefined;
  /** The connection of this turn of the loop; none when all are taken. */
  function joinTurn(): Turn | undefined {
    if (turn === undefined || turn.joined >= COMPANIONS || turn.lane.isLost()) {
      const lane = idle.pop();
      if (lane === undefined) return undefined;
      const begun: Turn = { lane, users: 0, joined: 0 };
      turn = begun;
      setImmediate(() => {
        if (turn === begun) turn = undefined;
      });
    }
    turn.users += 1;
    turn.joined += 1;
    return turn;
  }

  async function withTurn<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
    const joined = joinTurn();
    if (joined === undefined) return await withScope(work);
    const scope = openScope(factory, joined.lane);
    try {
      return await work(scope);
    } finally {
      scope.end();
      joined.users -= 1;
      if (joined.users === 0) {
        if (turn === joined) turn = undefined;
        release(joined.lane);
      }
    }
  }

  async function reserve(): Promise<Session> {
    const lane = await acquire();
    const scope = openScope(factory, lane);
    const session: Session = Object.assign(scope.tx, {
      release: async () => {
        scope.end();
        sessions.delete(session);
        // Thrown away rather than put back: its locks and settings end with it.
        await lane.close();
      },
    });
    sessions.add(session);
    return session;
  }

  async function runAlone(statement: Statement): Promise<void> {
    try {
      const lane = await acquire();
      const done = (): void => release(lane);
      lane.send(statement);
      void statement.then(done, done);
    } catch (error) {
      statement.reject(error);
    }
  }

  const sql: Sql = Object.assign(
    speaker(factory, (statement) => void runAlone(statement)),
    {
      begin: <T>(work: (tx: Tx) => Promise<T>) => withScope((scope) => scope.transaction('begin', work)),
      reserve,
      listen: (channel: string, heard: (payload: string) => void, listening?: () => void) =>
        listen(options, factory, channel, heard, listening),
      end: () => {
        ended ??= Promise.withResolvers();
        for (const session of sessions) void session.release();
        fill();
        return ended.promise;
      },
    },
  );
  return { sql, withScope, withTurn };
}
