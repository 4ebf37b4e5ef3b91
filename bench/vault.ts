/**
 * What it costs that files are sealed: the same bytes given and taken by the same server in clear, `cp` and `sha256sum`,
 * pieces of a plain file, and the memory of a server that gives a small file and a large one. One run, rounds in turn.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createDatabase } from './fill.ts';
import { startFiles } from './processes.ts';
import type { Line } from './ratios.ts';

const MiB = 1024 * 1024;
const run = promisify(execFile);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bytes?: number;
}

const piece = randomBytes(MiB);

/** Asks once. @returns how many bytes came, and what was said */
const ask = (port: number, path: string, { method = 'GET', headers = {}, bytes = 0 }: Sent) =>
  new Promise<{ readonly came: number; readonly headers: NodeJS.Dict<string | string[]> }>(
    (resolve, reject) => {
      const sent = request({ port, host: '127.0.0.1', path, method, headers }, (answer) => {
        let came = 0;
        if ((answer.statusCode ?? 500) >= 300) reject(new Error(`${method} ${path}: ${answer.statusCode}`));
        answer.on('data', (part: Buffer) => (came += part.length));
        answer.on('end', () => resolve({ came, headers: answer.headers }));
        answer.on('error', reject);
      });
      sent.on('error', reject);
      const body = function* (): Generator<Buffer> {
        for (let at = 0; at < bytes; at += MiB) yield piece.subarray(0, Math.min(MiB, bytes - at));
      };
      if (bytes > 0) Readable.from(body()).pipe(sent);
      else sent.end();
    },
  );

/** @param size bytes of the large file; one 16 times smaller is given too. @returns lines of the table */
export const measureVault = async (url: string, size: number, rounds: number): Promise<readonly Line[]> => {
  const server = await startFiles(await createDatabase(url), size);
  const { port, thin, key, plain, path } = server.where;
  const headers = { authorization: `Bearer ${key}` };
  const copy = `${plain}.copy`;
  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
  const download = async (): Promise<void> => {
    const { came } = await ask(port, path, { headers });
    if (came !== size) throw new Error(`${came} bytes came of ${size}.`);
  };
  const upload = async (): Promise<void> => {
    const said = { ...headers, 'tus-resumable': '1.0.0' };
    const uploads = '/api/v1/kerlann/uploads';
    // Never the same twice: what is there already would only be thrown away.
    piece.writeUInt32BE(Math.floor(Math.random() * 2 ** 32));
    const begun = await ask(port, uploads, {
      method: 'POST',
      headers: { ...said, 'upload-length': String(size), 'upload-metadata': 'filename ZmlsbS5iaW4=' },
    });
    const place = new URL(String(begun.headers['location']), `http://127.0.0.1:${port}`).pathname;
    await ask(port, place, {
      method: 'PATCH',
      headers: {
        ...said,
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': String(size),
      },
      bytes: size,
    });
  };
  const clearUpload = (): Promise<unknown> =>
    ask(thin, '/plain', { method: 'PUT', headers: { 'content-length': String(size) }, bytes: size });
  const copied = async (): Promise<void> => {
    // Not in one go: a connection that the server has closed meanwhile would be taken for one that is open.
    await run('cp', [plain, copy]);
    await run('sha256sum', [copy]);
    rmSync(copy);
  };
  const works = {
    download,
    clear: () => ask(thin, '/plain', {}),
    upload,
    clearUpload,
    copied,
  };
  const times: { readonly [name in keyof typeof works]: number[] } = {
    download: [],
    clear: [],
    upload: [],
    clearUpload: [],
    copied: [],
  };
  for (let round = -1; round < rounds; round += 1)
    for (const name of Object.keys(works) as (keyof typeof works)[]) {
      const took = await seconds(works[name]);
      // What was brought is looked at before anything else is measured.
      await server.ask('settled');
      if (round >= 0) times[name].push(took);
    }
  const rate = (name: keyof typeof works): number => size / MiB / median(times[name]);
  const said = (name: keyof typeof works): string => `${Math.round(rate(name))} MiB/s`;
  const line = (what: string, ours: keyof typeof works, floor: keyof typeof works, least: number): Line => ({
    what,
    ours: said(ours),
    floor: said(floor),
    ratio: rate(ours) / rate(floor),
    target: { least },
  });

  const places = Array.from({ length: 200 }, () => Math.floor(Math.random() * (size - 65_536)));
  const pieces = (at: number, place: string) =>
    seconds(async () => {
      for (const from of places)
        await ask(at, place, { headers: { ...headers, range: `bytes=${from}-${from + 65_535}` } });
    });
  const [sealedPieces, clearPieces] = [await pieces(port, path), await pieces(thin, '/plain')];
  const { ofBlob, ofPlain } = await server.ask<{ ofBlob: number; ofPlain: number }>('ranges');
  const peak = async (place: string): Promise<number> => {
    let most = 0;
    const asking = ask(port, place, { headers });
    let done = false;
    void asking.finally(() => (done = true));
    while (!done) {
      most = Math.max(most, (await server.ask<{ rss: number }>('use')).rss);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await asking;
    return most;
  };
  const large = await peak(path);
  const small = await peak((await server.ask<{ path: string }>({ bring: Math.ceil(size / 16) })).path);
  await server.stop();
  const megabytes = (bytes: number): string => `${Math.round(bytes / MiB)} MB`;
  return [
    line('download, sealed against clear', 'download', 'clear', 0.7),
    line('upload, sealed against clear', 'upload', 'clearUpload', 0.7),
    line('download against cp and sha256sum', 'download', 'copied', 0.5),
    line('upload against cp and sha256sum', 'upload', 'copied', 0.5),
    {
      what: '200 random pieces of 64 KiB, sealed against clear',
      ours: `${(sealedPieces * 1000).toFixed(0)} ms`,
      floor: `${(clearPieces * 1000).toFixed(0)} ms`,
      ratio: sealedPieces / clearPieces,
      target: { most: 3 },
    },
    {
      what: '400 of them, opened in memory against read from a plain file',
      ours: `${ofBlob.toFixed(0)} ms`,
      floor: `${ofPlain.toFixed(0)} ms`,
      ratio: ofBlob / ofPlain,
    },
    {
      what: 'memory, giving a large file and one 16 times smaller',
      ours: megabytes(large),
      floor: megabytes(small),
      ratio: large / small,
      target: { most: 1.2 },
    },
  ];
};
