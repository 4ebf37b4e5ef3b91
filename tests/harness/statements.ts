import { Socket } from 'node:net';

/** PostgreSQL's protocol 3: what a connection begins with. */
const STARTUP = 196_608;
/** A simple query, and an extended one each time it is executed. */
const STATEMENTS = new Set(['Q'.codePointAt(0), 'B'.codePointAt(0)]);

let sent = 0;
let watching = false;
const toPostgres = new WeakSet<Socket>();

/** Counts the statements in what is written to PostgreSQL; a message is never split over two writes by the driver. */
const count = (socket: Socket, bytes: Uint8Array): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!toPostgres.has(socket)) {
    if (view.byteLength >= 8 && view.getInt32(4) === STARTUP) toPostgres.add(socket);
    return;
  }
  for (let at = 0; at + 5 <= view.byteLength; at += 1 + view.getInt32(at + 1))
    if (STATEMENTS.has(view.getUint8(at))) sent += 1;
};

/** From now on, statements that this process sends to PostgreSQL are counted. Call it before a server is started. */
export const watchStatements = (): void => {
  if (watching) return;
  watching = true;
  const write = Socket.prototype.write;
  Socket.prototype.write = function counted(this: Socket, ...given: Parameters<typeof write>): boolean {
    if (given[0] instanceof Uint8Array) count(this, given[0]);
    return write.apply(this, given);
  } as typeof write;
};

const TIMES = 12;

/** How many statements something takes: the least of several times, for others send theirs meanwhile. */
export const statementsOf = async (work: () => Promise<unknown>): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < TIMES; turn += 1) {
    const before = sent;
    await work();
    least = Math.min(least, sent - before);
  }
  return least;
};
