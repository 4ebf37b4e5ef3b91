/**
 * What it costs to look into pictures in processes of their own: thumbnails through `openImages` against sharp in this
 * process, with the same settings. Same photos, same run, rounds in turn.
 *
 *   node bench/thumbnails.ts [folder of photos]
 *
 * Without a folder, it makes photos of twelve million pixels.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import sharp from 'sharp';
import { openImages } from '../src/platform/images/index.ts';
import { type Line, table } from './ratios.ts';

const EDGE = 480;
const ROUNDS = 5;
const TOGETHER = 2;
const LEAST = 40;

/** Like photos: rough where it is near, smooth where it is far, some held upright. */
const photo = async (nth: number): Promise<Buffer> => {
  const grain = { width: 500, height: 375, channels: 3 } as const;
  return sharp(randomBytes(500 * 375 * 3), { raw: grain })
    .blur(2 + (nth % 3))
    .resize(4000, 3000)
    .withMetadata({ orientation: nth % 2 === 0 ? 1 : 6 })
    .jpeg({ quality: 92 })
    .toBuffer();
};

const folder = process.argv[2];
const photos: Buffer[] = [];
if (folder === undefined) for (let nth = 0; nth < 12; nth += 1) photos.push(await photo(nth));
else
  for (const name of readdirSync(folder).filter((one) => /\.(jpe?g|png|webp)$/iu.test(one)))
    photos.push(readFileSync(join(folder, name)));

// A round lasts long enough to be measured.
const few = [...photos];
while (folder !== undefined && few.length > 0 && photos.length < LEAST) photos.push(...few);

sharp.cache(false);
sharp.concurrency(1);
const bare = (bytes: Buffer): Promise<Buffer> =>
  sharp(bytes, { failOn: 'error', autoOrient: true })
    .resize({ width: EDGE, height: EDGE, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80, effort: 2 })
    .toBuffer();

const images = openImages({ children: TOGETHER });
const apart = async (bytes: Buffer): Promise<Buffer> => {
  const outcome = await images.thumbnail(bytes, { edge: EDGE });
  if ('problem' in outcome) throw new Error(outcome.problem);
  return outcome.ok;
};

/** Photos a second, so many at once. */
const rate = async (make: (bytes: Buffer) => Promise<Buffer>, together: number): Promise<number> => {
  const start = performance.now();
  const queue = photos.values();
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (const bytes of queue) await make(bytes);
    }),
  );
  return photos.length / ((performance.now() - start) / 1000);
};

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const lines: Line[] = [];
for (const together of [1, TOGETHER]) {
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let round = -1; round < ROUNDS; round += 1) {
    const pair = [await rate(apart, together), await rate(bare, together)] as const;
    if (round < 0) continue;
    ours.push(pair[0]);
    floor.push(pair[1]);
  }
  lines.push({
    what: `thumbnails, ${together} at once`,
    ours: `${middle(ours).toFixed(1)}/s`,
    floor: `${middle(floor).toFixed(1)}/s`,
    ratio: middle(ours) / middle(floor),
    target: { least: 0.85 },
  });
}
await images.stop();
const megabytes = photos.reduce((sum, { length }) => sum + length, 0) / 1e6;
console.log(`${photos.length} photos, ${megabytes.toFixed(1)} MB\n\n${table(lines)}`);
