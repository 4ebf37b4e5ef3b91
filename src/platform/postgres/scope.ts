import type postgres from 'postgres';
import type { Lane, Statement } from './lane.ts';

/** What SQL is written with: a template tag whose statements belong to one transaction. */
export type Tx = postgres.ISql;

/** A piece of SQL, written with a `Tx` and put into another. */
export type Fragment = postgres.Fragment;

/** A connection for the length of one transaction or session. */
export interface Scope {
  readonly tx: Tx;
  /** Sends bare SQL, as one message, without waiting for what was sent before. */
  send(text: string): Promise<{ command: string }>;
  /** Runs `work` between `opening`, sent with its first statement, and a commit. */
  transaction<T>(opening: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** From here on, statements written with this scope's `tx` are refused. */
  end(): void;
}

/** A template tag that sends its statements by `send`. */
export function speaker(factory: postgres.Sql, send: (statement: Statement) => void): Tx {
  const route = <Made>(made: Made): Made => {
    if (typeof made === 'object' && made !== null && 'handler' in made) made.handler = send;
    return made;
  };
  const tag = (...written: Parameters<postgres.ISql>): unknown => route(factory(...written));
  return Object.assign(tag, {
    types: factory.types,
    typed: factory.typed,
    array: factory.array,
    json: factory.json,
    unsafe: (...written: Parameters<postgres.ISql['unsafe']>) => route(factory.unsafe(...written)),
    notify: (channel: string, payload: string) => route(factory`select pg_notify(${channel}, ${payload})`),
  }) as unknown as Tx;
}

/** Opens a scope on a connection that nobody else uses meanwhile. */
export function openScope(factory: postgres.Sql, lane: Lane): Scope {
  let over = false;
  let firstFailure: unknown;

  const submit = (statement: Statement): void => {
    lane.send(statement);
    void statement.then(
      () => {},
      (error: unknown) => {
        firstFailure ??= error;
      },
    );
  };
  const tx = speaker(factory, (statement) => {
    // The connection may by now serve another organisation.
    if (over)
      statement.reject(new Error('This transaction is over: every statement must be awaited within it.'));
    else submit(statement);
  });
  const own = speaker(factory, submit);
  const send = (text: string): Promise<{ command: string }> => {
    const sent = own.unsafe(text).execute();
    // Heard by whoever awaits it; without this, a broken connection would also be an unhandled rejection.
    sent.catch(() => {});
    return sent;
  };
  const end = (): void => {
    over = true;
  };

  async function transaction<T>(opening: string, work: (inner: Tx) => Promise<T>): Promise<T> {
    const opened = send(opening);
    let result: T;
    try {
      result = await work(tx);
      await opened;
    } catch (error) {
      end();
      if (!lane.isLost()) await send('rollback').catch(() => lane.close());
      // "current transaction is aborted" only says that something failed before.
      throw hasCode(error, '25P02') && firstFailure !== undefined ? firstFailure : error;
    }
    end();
    const { command } = await send('commit');
    if (command === 'ROLLBACK') {
      throw new Error(
        'Nothing was written: a statement of the transaction failed, and its error was passed over.',
        {
          cause: firstFailure,
        },
      );
    }
    return result;
  }

  return { tx, send, transaction, end };
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
