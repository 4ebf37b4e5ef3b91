import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { type Frame, frameHead, frameOf } from './frames.ts';
import { type Answer, type ImageProblem, type Task, Unfit } from './types.ts';

export interface Limits {
  /** Bytes of memory of a child. */
  readonly memory: number;
  /** For one picture. */
  readonly seconds: number;
  readonly pixels: number;
}

/** A process that treats pictures. Once it has failed or was ended, another is needed. */
export interface Child {
  /** Rejects with Unfit when the picture ended the child, with another error when the child never began. */
  ask(task: Task, parts: readonly Buffer[]): Promise<Frame<Answer>>;
  /** False: it is gone, or has grown so much that another should take its place. */
  readonly fit: () => boolean;
  end(): void;
  /** Ends it, and waits until the system has taken it away. */
  stop(): Promise<void>;
}

const MEGABYTE = 1024 * 1024;
/** What Node.js reserves without ever using it: 520 MB for compiled code, and stacks. Measured with Node.js 24. */
const RESERVED = 640 * MEGABYTE;
const START_SECONDS = 60;
const POLL_MS = 50;
const PAGE = 4096;
const ANSWER_LEAST = 64 * MEGABYTE;

/**
 * The kernel holds the walls: no file can be written (-f 0), no memory image is left behind (-c 0), and writable memory
 * ends at -d. An address space limit (-v) would not do: WebAssembly reserves ten gigabytes that it never touches.
 */
const WALLS = 'ulimit -c 0; ulimit -f 0; ulimit -d "$1"; shift; exec "$@"';

export const startChild = ({ memory, seconds, pixels }: Limits): Child => {
  const kilobytes = Math.ceil((memory + RESERVED) / 1024);
  const heap = `--max-old-space-size=${Math.ceil(memory / MEGABYTE)}`;
  const program = [process.execPath, heap, join(import.meta.dirname, 'worker.ts'), String(pixels)];
  const child = spawn('/bin/sh', ['-c', WALLS, 'sh', String(kilobytes), ...program], {
    // An empty environment: nothing the server knows is in there.
    env: {},
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  });
  const input = child.stdin as Writable;
  const output = child.stdio[3] as Readable;
  let alive = true;
  let why: ImageProblem | undefined;
  let waiting:
    { read: ReturnType<typeof frameOf<Answer>>; settle: PromiseWithResolvers<Frame<Answer>> } | undefined;
  const gone = Promise.withResolvers<void>();
  const end = (): void => {
    alive = false;
    child.kill('SIGKILL');
  };

  output.on('data', (chunk: Buffer) => {
    try {
      const frame = waiting?.read(chunk);
      if (!frame) return;
      waiting?.settle.resolve(frame);
      waiting = undefined;
    } catch {
      end();
    }
  });
  child.on('error', () => {
    end();
    gone.resolve();
  });
  child.on('exit', () => {
    alive = false;
    gone.resolve();
  });
  // Its end is told by what it leaves unanswered.
  input.on('error', () => {});
  output.on('error', () => {});
  child.on('close', (_, signal) => {
    waiting?.settle.reject(new Unfit(why ?? (ABORTED.has(signal ?? '') ? 'too_much_memory' : 'corrupt')));
  });

  const next = async (most: number, time: number): Promise<Frame<Answer>> => {
    const settle = Promise.withResolvers<Frame<Answer>>();
    waiting = { read: frameOf<Answer>(most), settle };
    stayFor(child, true);
    const late = setTimeout(() => {
      why = 'too_slow';
      end();
    }, time * 1000);
    const watch = setInterval(() => {
      if (residentSize(child) <= memory) return;
      why = 'too_much_memory';
      end();
    }, POLL_MS);
    try {
      return await settle.promise;
    } finally {
      clearTimeout(late);
      clearInterval(watch);
      stayFor(child, false);
    }
  };

  const began = next(ANSWER_LEAST, START_SECONDS).catch(() => {
    throw new Error('No process for pictures can be started.');
  });
  began.catch(end);

  return {
    ask: async (task, parts) => {
      await began;
      const sum = parts.reduce((total, part) => total + part.length, 0);
      const answer = next(Math.max(ANSWER_LEAST, sum * 4), seconds);
      input.write(frameHead({ ...task, lengths: parts.map((part) => part.length) }, parts));
      for (const part of parts) input.write(part);
      return answer;
    },
    fit: () => alive && residentSize(child) < memory / 2,
    end,
    stop: async () => {
      child.ref();
      end();
      await gone.promise;
    },
  };
};

/** How a process ends for want of memory: by itself, or by the kernel's hand. */
const ABORTED = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGKILL']);

/** Bytes in use, where the system tells (Linux); elsewhere the child's own limits hold alone. */
const residentSize = ({ pid }: ChildProcess): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE;
  } catch {
    return 0;
  }
};

/** An idle child keeps no program from ending. */
const stayFor = (child: ChildProcess, busy: boolean): void => {
  for (const one of [child, ...child.stdio] as unknown as { ref?(): void; unref?(): void }[])
    if (busy) one?.ref?.();
    else one?.unref?.();
};
