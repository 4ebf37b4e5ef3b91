/** The processes of a bench: the servers that are measured, and what asks them. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Order, Outcome } from './load.ts';

/** A child that answers each message with one. */
interface Child {
  ask<T>(message: object | string): Promise<T>;
  stop(): Promise<void>;
}

/** Starts a child; its first message, if it has one to say, is `first`. */
const started = (
  file: string,
  environment: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): Child & { readonly first: () => Promise<unknown> } => {
  const child = fork(join(import.meta.dirname, file), {
    env: { ...process.env, ...environment },
    execArgv: [...process.execArgv, ...flags],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exit = once(child, 'exit');
  let waiting: PromiseWithResolvers<unknown> | undefined;
  child.on('message', (message) => waiting?.resolve(message));
  child.on('exit', () => waiting?.reject(new Error(`${file} ended.`)));
  const next = (): Promise<unknown> => (waiting = Promise.withResolvers()).promise;
  return {
    first: next,
    ask: async <T>(message: object | string) => {
      const answered = next();
      child.send(message);
      return (await answered) as T;
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await exit;
    },
  };
};

/** A server that is measured. */
export interface Server extends Child {
  readonly port: number;
}

const serverFlags = (): readonly string[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../scripts/server-flags.json'), 'utf8')) as string[];

/** Starts a server on a database, and waits until it listens. */
export const startServer = async (
  file: 'thin.ts' | 'vigie.ts' | 'unguarded.ts',
  databaseUrl: string,
): Promise<Server> => {
  // Vigie as `npm start` runs it.
  const child = started(file, { DATABASE_URL: databaseUrl }, file === 'thin.ts' ? [] : serverFlags());
  const { port } = (await child.first()) as { port: number };
  return { ...child, port };
};

/** What asks: one process for all servers, so that it costs each the same. */
export const startLoad = (): { run(order: Order): Promise<Outcome>; stop(): Promise<void> } => {
  const child = started('load.ts', {});
  return { run: (order) => child.ask<Outcome>(order), stop: child.stop };
};

/** A server with one large file, sealed and in clear. */
export interface FileServer extends Child {
  readonly where: {
    readonly port: number;
    /** Where the same bytes are given and taken in clear. */
    readonly thin: number;
    readonly key: string;
    readonly plain: string;
    readonly path: string;
  };
}

export const startFiles = async (databaseUrl: string, bytes: number): Promise<FileServer> => {
  const child = started('files.ts', { DATABASE_URL: databaseUrl, BENCH_BYTES: String(bytes) }, serverFlags());
  return { ...child, where: (await child.first()) as FileServer['where'] };
};
