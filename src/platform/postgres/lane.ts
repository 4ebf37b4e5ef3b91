import type { Socket } from 'node:net';
import postgres from 'postgres';
import { readAddress } from './address.ts';
import { arrayTypes, types } from './types.ts';

/** A statement, as the driver holds it: built where it is written, sent by whatever is its handler. */
export interface Statement {
  handler: (statement: Statement) => void;
  resolve(result: unknown): void;
  reject(error: unknown): void;
  then(done: () => void, failed: (error: unknown) => void): Promise<void>;
}

/** One connection, used until it breaks and never again. */
export interface Lane {
  /** Sends a statement behind those already sent, without waiting for them. */
  send(statement: Statement): void;
  isLost(): boolean;
  close(): Promise<void>;
}

export interface LaneOptions {
  readonly url: string;
  /** The role everything runs as; without one, the address's own user. */
  readonly role?: string;
  readonly name?: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly onLost?: () => void;
  readonly onNotice?: (channel: string, payload: string) => void;
}

const CONNECT_SECONDS = 10;
/** How long a server that is asked to close a connection may take, in milliseconds. */
const GOODBYE = 1_000;

/** The connection broke, or could not be made: nothing is wrong with the statement. */
export class ConnectionLost extends Error {
  override name = 'ConnectionLost';
  readonly code = 'CONNECTION_CLOSED';
}

/** The driver takes a `socket` that its types do not mention. */
export type DriverOptions = postgres.Options<typeof types> & { readonly socket: () => Promise<Socket> };

/** The driver's options for one connection. It opens no second one by itself. */
export function driverOptions(options: LaneOptions): DriverOptions {
  const { user, password, database, sslmode, parameters, open } = readAddress(options.url);
  return {
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    ...(sslmode !== undefined && sslmode !== 'disable' && { ssl: sslmode as 'require' }),
    max: 1,
    types,
    fetch_types: false,
    connect_timeout: CONNECT_SECONDS,
    max_lifetime: null,
    idle_timeout: 0,
    onnotice: () => {},
    socket: open,
    connection: {
      application_name: options.name ?? 'vigie',
      TimeZone: 'UTC',
      ...parameters,
      ...options.parameters,
      ...(options.role !== undefined && { role: options.role }),
    },
  };
}

/** Teaches a driver's instance the arrays that `sql.array()` builds. */
export function withArrays(sql: postgres.Sql): postgres.Sql {
  const { shared } = sql.options as unknown as { shared: { typeArrayMap: Record<number, number> } };
  Object.assign(shared.typeArrayMap, arrayTypes);
  return sql;
}

/**
 * Opens a connection. The driver's own pool is not used: in 3.4.9 a connection that breaks while a write is
 * pending is never usable again, yet stays in the pool, and a transaction on it throws where nobody
 * can catch (porsager/postgres #1154, #1208). Here a broken connection rejects
 * everything sent on it and is thrown away.
 */
export async function openLane(options: LaneOptions): Promise<Lane> {
  const sent = new Set<Statement>();
  const address = readAddress(options.url);
  let state: 'opening' | 'open' | 'lost' = 'opening';
  let socket: Socket | undefined;

  const lose = (): void => {
    if (state === 'lost') return;
    const wasOpen = state === 'open';
    state = 'lost';
    for (const statement of sent)
      statement.reject(new ConnectionLost('The connection to PostgreSQL was lost.'));
    sent.clear();
    if (wasOpen) options.onLost?.();
  };

  const client = postgres({
    ...driverOptions(options),
    socket: async () => {
      if (state !== 'opening') throw new ConnectionLost('This connection is not opened again.');
      socket = await address.open();
      return socket;
    },
    onclose: lose,
    ...(options.onNotice !== undefined && { onnotify: options.onNotice }),
  } as DriverOptions);

  let driverSend: (statement: Statement) => void;
  try {
    // Connects. The driver can't reserve a connection that is not open yet: it would wait for ever.
    await client`select 1`;
    const reserved = await client.reserve();
    // A statement made and never awaited is never sent: it is only asked for the driver's way of sending.
    driverSend = (reserved`` as unknown as Statement).handler;
    state = 'open';
  } catch (error) {
    state = 'lost';
    socket?.destroy();
    throw error;
  }

  // What is sent in one turn of the loop leaves in one write: each wakes PostgreSQL, which costs more than it carries.
  let flush: NodeJS.Immediate | undefined;
  const gather = (): void => {
    if (flush === undefined) socket?.cork();
    else clearImmediate(flush);
  };
  /** After the driver's own immediate, which it sets when it is given a statement. */
  const flushAfter = (): void => {
    flush = setImmediate(() => {
      flush = undefined;
      socket?.uncork();
    });
  };

  return {
    send: (statement) => {
      if (state === 'lost')
        return statement.reject(new ConnectionLost('The connection to PostgreSQL was lost.'));
      sent.add(statement);
      const settled = (): boolean => sent.delete(statement);
      void statement.then(settled, settled);
      gather();
      driverSend(statement);
      flushAfter();
    },
    isLost: () => state === 'lost',
    close: async () => {
      if (state === 'lost') return;
      const closed = new Promise((resolve) => socket?.once('close', resolve));
      lose();
      await client.end({ timeout: 0 });
      const late = setTimeout(() => socket?.destroy(), GOODBYE);
      await closed;
      clearTimeout(late);
    },
  };
}
