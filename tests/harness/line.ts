import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** What somebody sent along a line: its first line, and from which byte on they want it. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  /** As `Range` says it; empty without. */
  readonly range: string;
}

/** The line between people and a server: it is cut where a test says, and leads to whichever server runs. */
export interface Line {
  /** Where people reach the server, whichever it is. */
  readonly url: string;
  readonly heard: readonly Heard[];
  /** How many bytes people have sent along it to a server that took them. */
  carried(): number;
  /** From now on it leads there. */
  leadTo(url: string): void;
  /** The next answer to such a path ends after so many bytes, once, as on a train. Resolves when it did. */
  cutWithin(path: RegExp, bytes: number): Promise<void>;
}

interface Cut {
  readonly path: RegExp;
  bytes: number;
  readonly done: () => void;
}

/** @returns what a browser said, when these bytes begin with it */
const heardIn = (bytes: Buffer): Heard | null => {
  const head = bytes.toString('latin1');
  const [, method = '', path = ''] = /^([A-Z]+) (\S+) HTTP\/1\.1\r\n/u.exec(head) ?? [];
  return method === '' ? null : { method, path, range: /\r\nrange: (.+)\r\n/iu.exec(head)?.[1] ?? '' };
};

/** Lays a line on a free port of this machine. */
export const layLine = async (t: TestContext): Promise<Line> => {
  const heard: Heard[] = [];
  const ends = new Set<Socket>();
  let port = 0;
  let cut: Cut | null = null;
  let carried = 0;
  const server = createServer((near) => {
    const far = connect(port, 'localhost');
    let cutting: Cut | null = null;
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      // A line that is cut at one end is cut at the other.
      end.on('error', () => {});
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
    }
    near.on('data', (bytes) => {
      const said = heardIn(bytes);
      if (said) {
        heard.push(said);
        cutting = cut?.path.test(said.path) ? cut : null;
        if (cutting) cut = null;
      }
      if (!far.write(bytes, (error) => (carried += error ? 0 : bytes.length))) near.pause();
    });
    far.on('drain', () => near.resume());
    near.on('drain', () => far.resume());
    far.on('data', (bytes) => {
      if (cutting && bytes.length >= cutting.bytes) {
        const { done } = cutting;
        near.write(bytes.subarray(0, cutting.bytes), () => near.resetAndDestroy());
        far.destroy();
        cutting = null;
        done();
        return;
      }
      if (cutting) cutting.bytes -= bytes.length;
      if (!near.write(bytes)) far.pause();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    for (const end of ends) end.destroy();
    server.close();
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    heard,
    carried: () => carried,
    leadTo: (url) => {
      port = Number(new URL(url).port);
    },
    cutWithin: (path, bytes) =>
      new Promise((done) => {
        cut = { path, bytes, done };
      }),
  };
};
