/**
 * A child: treats one picture at a time, and may be killed at any moment. It is given no environment, no arguments but
 * its limit of pixels, and writes no file. Tasks come by standard input, answers leave by the fourth channel: what
 * libraries print goes nowhere.
 */
import { readSync, writeSync } from 'node:fs';
import { factsOf } from './facts.ts';
import { type Frame, frameHead, readFrame } from './frames.ts';
import { problemOf } from './open.ts';
import { sheetOf } from './sheet.ts';
import { stripped } from './strip/index.ts';
import { thumbnailOf } from './thumbnail.ts';
import type { Answer, Task } from './types.ts';

const INPUT = 0;
const OUTPUT = 3;
const pixels = Number(process.argv[2]);

interface Done {
  readonly answer: Answer;
  readonly parts: readonly Uint8Array[];
}

type Sent = Task & { readonly lengths: readonly number[] };

const treat = async (task: Sent, bytes: Buffer): Promise<Done> => {
  switch (task.do) {
    case 'facts':
      return { answer: { facts: await factsOf(bytes, pixels) }, parts: [] };
    case 'thumbnail':
      return { answer: { type: 'image/webp' }, parts: [await thumbnailOf(bytes, pixels, task)] };
    case 'strip': {
      const { type, parts } = await stripped(bytes, pixels);
      return { answer: { type }, parts };
    }
    case 'sheet': {
      let at = 0;
      const thumbnails = task.lengths.map((length) => bytes.subarray(at, (at += length)));
      return {
        answer: { type: 'image/jpeg' },
        parts: [await sheetOf(thumbnails, task.names, task.columns, pixels)],
      };
    }
  }
};

/** Waits: a child has nothing else to do. */
const fill = (into: Buffer): boolean => {
  for (let at = 0; at < into.length;) {
    const read = readSync(INPUT, into, at, into.length - at, null);
    if (read === 0) return false;
    at += read;
  }
  return true;
};

const say = (answer: Answer, parts: readonly Uint8Array[]): void => {
  for (const part of [frameHead(answer, parts), ...parts])
    for (let at = 0; at < part.length;) at += writeSync(OUTPUT, part, at);
};

const next = (): Frame<Sent> | undefined => {
  try {
    return readFrame<Sent>(fill);
  } catch {
    // It does not fit in here.
    return process.abort();
  }
};

say({}, []);
for (let frame = next(); frame; frame = next()) {
  const { answer, parts } = await treat(frame.message, frame.bytes).catch((error: unknown): Done => {
    const { problem, spoiled } = problemOf(error);
    return { answer: { problem, spoiled }, parts: [] };
  });
  say(answer, parts);
}
process.exit();
