import { connect, type NetConnectOpts, type Socket } from 'node:net';

/** What a scanner said of a file, or why it said nothing that counts. */
export type Verdict =
  | { readonly verdict: 'clean' }
  | { readonly verdict: 'infected'; readonly name: string }
  | { readonly verdict: 'unknown'; readonly reason: 'too_large' | 'timed_out' | 'absent' | 'refused' };

export interface ScanOptions {
  /** `unix:/run/clamav/clamd.ctl` or `tcp://localhost:3310`; undefined where no scanner is configured. */
  readonly clamd: string | undefined;
  /** Milliseconds that clamd may take to be reached, to take more bytes, and to answer after the last one. */
  readonly patience?: number;
}

const PATIENCE = 5 * 60_000;
/** No answer of clamd's is longer; what is, is not clamd. */
const LONGEST_ANSWER = 4096;
const PIECE = 64 * 1024;
const TOO_LARGE = 'INSTREAM size limit exceeded.';

/** Whether this names a clamd that can be spoken to. */
export const isClamd = (text: string): boolean => addressOf(text) !== undefined;

/**
 * Has clamd look at a content, by INSTREAM (clamd(8)): pieces of at most 64 KiB, each after its length in four bytes,
 * and a length of zero at the end. Holds no more than one piece of `stream` and what the socket buffers.
 *
 * Only `stream: OK` and a zero byte, said after the last byte was sent and followed by the end of the connection, is
 * clean. What clamd gave up on because of its own limits is `too_large`, also where it reports that as a finding.
 *
 * @throws what `stream` throws; clamd is never the reason of a rejection
 */
export const scan = async (stream: AsyncIterable<Uint8Array>, options: ScanOptions): Promise<Verdict> => {
  const address = options.clamd === undefined ? undefined : addressOf(options.clamd);
  if (!address) return unknown('absent');
  const patience = options.patience ?? PATIENCE;
  const line = openLine(address, patience);
  try {
    const reached = await line.reached();
    if (reached !== 'ready') return unknown(reached === 'late' ? 'timed_out' : 'absent');
    let goes = await line.send(Buffer.from('zINSTREAM\0'));
    let sent = 0;
    if (goes === 'ready')
      for await (const bytes of stream) {
        sent += bytes.byteLength;
        goes = await sendPieces(line, bytes);
        if (goes !== 'ready') break;
      }
    if (goes === 'ready') goes = await line.send(Buffer.alloc(4));
    if (goes === 'late') return unknown('timed_out');
    const sentAll = goes === 'ready';
    if ((await line.ended()) === 'late') return unknown('timed_out');
    if (line.answer() === '' && line.broke() && (await isTooLarge(address, sent, patience)))
      return unknown('too_large');
    return read(line.answer(), sentAll);
  } finally {
    line.close();
  }
};

/**
 * Whoever says "too large" closes while we still write, and that answer may be lost with the line. clamd says it again
 * as soon as it is told a length, before any byte of it.
 */
const isTooLarge = async (address: NetConnectOpts, length: number, patience: number): Promise<boolean> => {
  const line = openLine(address, patience);
  try {
    if ((await line.reached()) !== 'ready') return false;
    const asked = Buffer.alloc(4);
    asked.writeUInt32BE(Math.min(length, 0xff_ff_ff_ff));
    await line.send(Buffer.from('zINSTREAM\0'), asked);
    line.stop();
    return (await line.ended()) !== 'late' && line.answer().startsWith(TOO_LARGE);
  } finally {
    line.close();
  }
};

const sendPieces = async (line: Line, bytes: Uint8Array): Promise<State> => {
  for (let at = 0; at < bytes.byteLength; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.byteLength);
    const state = await line.send(length, piece);
    if (state !== 'ready') return state;
  }
  return 'ready';
};

const unknown = (reason: 'too_large' | 'timed_out' | 'absent' | 'refused'): Verdict => ({
  verdict: 'unknown',
  reason,
});

const read = (answer: string, sentAll: boolean): Verdict => {
  if (answer === 'stream: OK\0' && sentAll) return { verdict: 'clean' };
  const name = /^stream: ([\x21-\x7e]{1,200}) FOUND\0$/.exec(answer)?.[1];
  if (name?.startsWith('Heuristics.Limits.Exceeded')) return unknown('too_large');
  if (name) return { verdict: 'infected', name };
  if (answer.startsWith(TOO_LARGE)) return unknown('too_large');
  return unknown(/TIMED? ?OUT/i.test(answer) ? 'timed_out' : 'refused');
};

const addressOf = (text: string): NetConnectOpts | undefined => {
  if (/^unix:\/[^\0]+$/.test(text)) return { path: text.slice('unix:'.length) };
  if (!/^tcp:\/\/[^/?#@]+$/.test(text) || !URL.canParse(text)) return undefined;
  const { hostname, port } = new URL(text);
  if (!hostname || !port || port === '0') return undefined;
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
};

/** `over`: the other side ended or broke the connection. `late`: patience ran out. */
type State = 'ready' | 'over' | 'late';

interface Line {
  readonly reached: () => Promise<State>;
  readonly send: (...pieces: Uint8Array[]) => Promise<State>;
  readonly ended: () => Promise<State>;
  readonly answer: () => string;
  readonly broke: () => boolean;
  /** Says that nothing more comes. */
  readonly stop: () => void;
  readonly close: () => void;
}

const openLine = (address: NetConnectOpts, patience: number): Line => {
  const socket = connect({ ...address, allowHalfOpen: true });
  const answer: Buffer[] = [];
  let length = 0;
  let over = false;
  let broke = false;
  socket.on('data', (bytes) => {
    length += bytes.length;
    if (length > LONGEST_ANSWER) socket.destroy();
    else answer.push(bytes);
  });
  const end = new Promise<void>((resolve) => {
    const done = (): void => {
      over = true;
      resolve();
    };
    socket.once('end', done).once('close', done);
    socket.on('error', () => {
      broke = true;
      done();
    });
  });
  const until = (event: 'connect' | 'drain' | undefined): Promise<State> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => settle('late'), patience);
      const ready = (): void => settle('ready');
      const settle = (state: State): void => {
        clearTimeout(timer);
        if (event) socket.off(event, ready);
        resolve(state);
      };
      if (event) socket.once(event, ready);
      void end.then(() => settle('over'));
    });
  return {
    reached: () => until('connect'),
    send: async (...pieces) => {
      // Whoever answers early has closed behind its answer: writing on would break the line before it is read.
      await new Promise(setImmediate);
      if (over) return 'over';
      return write(socket, pieces) ? 'ready' : until('drain');
    },
    ended: async () => (over ? 'over' : until(undefined)),
    answer: () => (length > LONGEST_ANSWER ? '' : Buffer.concat(answer).toString('latin1')),
    broke: () => broke,
    stop: () => void socket.end(),
    close: () => void socket.destroy(),
  };
};

const write = (socket: Socket, pieces: readonly Uint8Array[]): boolean => {
  socket.cork();
  const room = pieces.map((piece) => socket.write(piece)).every(Boolean);
  socket.uncork();
  return room;
};
