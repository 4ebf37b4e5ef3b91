/**
 * Pictures that others sent: read, made small, freed of what they tell of their makers. The server itself never looks
 * into one; children do, which can be killed and know nothing else.
 */
import { availableParallelism } from 'node:os';
import { type Child, type Limits, startChild } from './child.ts';
import type { Frame } from './frames.ts';
import { type Answer, CELL, type ImageFacts, type Outcome, type Task, Unfit } from './types.ts';

export type { ImageFacts, ImageProblem, Outcome } from './types.ts';

export interface Images {
  /** What a picture says of itself; nothing is decoded. */
  facts(bytes: Buffer): Promise<Outcome<ImageFacts>>;
  /**
   * A WebP of at most `edge` pixels (1 to 4096) a side, orientation applied, no metadata, sRGB; `watermark` is drawn
   * across it when given.
   */
  thumbnail(
    bytes: Buffer,
    options: { readonly edge: number; readonly watermark?: string },
  ): Promise<Outcome<Buffer>>;
  /**
   * The same picture without its metadata (place, time, camera, thumbnails inside, XMP, maker notes, what was added
   * behind its end). Nothing is decoded: the container is written again with what the picture needs, its colour profile
   * and its orientation. A HEIC whose container is too unusual for that becomes a JPEG (`type` says what came out).
   */
  strip(bytes: Buffer): Promise<Outcome<{ readonly bytes: Buffer; readonly type: string }>>;
  /**
   * A contact sheet of many pictures (1 to 40 columns), with their names below, as one JPEG. A picture that can't be
   * read leaves an empty frame above its name.
   */
  sheet(
    pictures: readonly { readonly bytes: Buffer; readonly name: string }[],
    columns: number,
  ): Promise<Outcome<Buffer>>;
  /** Ends the children; what they were at is not answered. */
  stop(): Promise<void>;
}

const GIGABYTE = 1024 ** 3;
const MOST_EDGE = 4096;
const MOST_COLUMNS = 40;
const DEFAULTS = { memory: GIGABYTE, seconds: 30, pixels: 150_000_000 };

/**
 * Opens the workshop. `memory`: bytes each child may use; `seconds`: for one picture; `pixels`: width × height that is
 * still looked at; `children`: how many pictures at once. Children start when they are needed.
 */
export const openImages = (options: Partial<Limits> & { readonly children?: number } = {}): Images => {
  const { children = Math.min(2, availableParallelism()), ...given } = options;
  const limits: Limits = { ...DEFAULTS, ...given };
  const idle: Child[] = [];
  const all = new Set<Child>();
  const queue: (() => void)[] = [];
  let free = children;
  let stopped = false;

  const work = async (task: Task, parts: readonly Buffer[]): Promise<Outcome<Frame<Answer>>> => {
    if (free === 0) await new Promise<void>((resolve) => queue.push(resolve));
    else free -= 1;
    try {
      if (stopped) throw new Error('The workshop for pictures is closed.');
      if (parts.reduce((sum, part) => sum + part.length, 0) > limits.memory)
        return { problem: 'too_much_memory' };
      return await asked(task, parts);
    } finally {
      const next = queue.shift();
      if (next) next();
      else free += 1;
    }
  };

  const asked = async (task: Task, parts: readonly Buffer[]): Promise<Outcome<Frame<Answer>>> => {
    const child = take();
    try {
      const frame = await child.ask(task, parts);
      if (!('problem' in frame.message)) return { ok: frame };
      if (frame.message.spoiled) child.end();
      return { problem: frame.message.problem };
    } catch (error) {
      child.end();
      if (stopped || !(error instanceof Unfit)) throw error;
      return { problem: error.problem };
    } finally {
      if (child.fit()) idle.push(child);
      else leave(child);
    }
  };

  const take = (): Child => {
    for (let child = idle.pop(); child; child = idle.pop()) {
      if (child.fit()) return child;
      leave(child);
    }
    const child = startChild(limits);
    all.add(child);
    return child;
  };

  const leave = (child: Child): void => {
    child.end();
    all.delete(child);
  };

  const thumbnail: Images['thumbnail'] = async (bytes, { edge, watermark }) => {
    within(edge, MOST_EDGE);
    const done = await work({ do: 'thumbnail', edge, ...(watermark !== undefined && { watermark }) }, [
      bytes,
    ]);
    return 'ok' in done ? { ok: done.ok.bytes } : done;
  };

  return {
    thumbnail,
    facts: async (bytes) => {
      const done = await work({ do: 'facts' }, [bytes]);
      if ('problem' in done) return done;
      return 'facts' in done.ok.message ? { ok: done.ok.message.facts } : { problem: 'corrupt' };
    },
    strip: async (bytes) => {
      const done = await work({ do: 'strip' }, [bytes]);
      if ('problem' in done) return done;
      const type = 'type' in done.ok.message ? done.ok.message.type : undefined;
      return type === undefined ? { problem: 'corrupt' } : { ok: { bytes: done.ok.bytes, type } };
    },
    sheet: async (pictures, columns) => {
      within(columns, MOST_COLUMNS);
      const made = await Promise.all(pictures.map(({ bytes }) => thumbnail(bytes, { edge: CELL })));
      const parts = made.map((one) => ('ok' in one ? one.ok : Buffer.alloc(0)));
      const names = pictures.map(({ name }) => name);
      const done = await work({ do: 'sheet', columns, names }, parts);
      return 'ok' in done ? { ok: done.ok.bytes } : done;
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...all].map((child) => child.stop()));
    },
  };
};

const within = (value: number, most: number): void => {
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new RangeError(`A whole number from 1 to ${most} is needed, not ${value}.`);
};
