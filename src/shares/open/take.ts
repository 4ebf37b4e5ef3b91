import { Refused } from '../../engine/index.ts';
import { type Bytes, outgoing, outgoingLater, rendition, zipOf } from '../../downloads/index.ts';
import { timeZoneAt, type House } from '../../organisations/index.ts';
import type { Frame, Visit } from '../../people/index.ts';
import type { Gift } from '../../platform/http/give.ts';
import { HttpProblem, problem } from '../../platform/http/problem.ts';
import type { Images } from '../../platform/images/index.ts';
import { newId } from '../../platform/ids.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import type { Vault } from '../../vault/index.ts';
import { addressOf } from '../standing.ts';
import type { Found } from './found.ts';
import { hasTaken, insertDownload, lockShare, takeSlot } from './store.ts';

type Held = Found & { readonly visit: Visit };

const EDGES = { small: 400, large: 1600 } as const;

const USED_UP = (): HttpProblem =>
  new HttpProblem(
    problem(
      409,
      'used_up',
      'Ces fichiers ont été téléchargés autant de fois que prévu. / These files were downloaded as often as was allowed.',
    ),
  );

/**
 * Takes a slot before the first byte: of many at once, as many get one as there are. What this visit has begun to take
 * goes on by `Range` under the slot it has.
 * @param fileId `null` for all, as a zip
 * @throws HttpProblem 409 `used_up`
 */
export const reserve = async (
  frame: Frame,
  house: House,
  { share, visit }: Held,
  fileId: string | null,
  goesOn: boolean,
): Promise<void> => {
  const now = frame.clock.now();
  const isTaken = await asOrganisation(frame.db, house.id, async (tx) => {
    await lockShare(tx, house.id, share.id);
    if (goesOn && (await hasTaken(tx, house.id, visit.id, fileId))) return true;
    if (!(await takeSlot(tx, house.id, share.id, new Date(now)))) return false;
    const download = { id: newId(now), shareId: share.id, visitId: visit.id, fileId };
    await insertDownload(tx, house.id, download, new Date(now));
    return true;
  });
  if (!isTaken) throw USED_UP();
};

const fileIn = ({ standing: { files } }: Found, id: string) => {
  const known = files.find(({ row }) => row.id === id);
  if (!known) throw new Refused({ code: 'not_found' });
  return known;
};

/** One file, as it may leave. @throws Refused `not_found`; HttpProblem 409 `cannot_leave` */
export const oneFile = async (vault: Vault, house: House, held: Held, id: string): Promise<Bytes> => {
  const { row, about } = fileIn(held, id);
  const bytes = await outgoing(vault, house.id, row, about, held.share.metadata);
  if (bytes) return bytes;
  throw new HttpProblem(
    problem(
      409,
      'cannot_leave',
      'Ce que cette photo dit du lieu n’a pas pu en être retiré : elle n’est pas donnée. / What this photo says of where it was taken could not be removed: it is not given.',
    ),
  );
};

/** All of them, as a zip; what may not leave is not in it. @throws Refused `not_found` when nothing may */
export const allFiles = async (
  vault: Vault,
  house: House,
  { share, standing: { state, files } }: Held,
): Promise<{ readonly zip: Gift; readonly files: readonly Bytes[] }> => {
  const leaving = await outgoingLater(vault, house.id, files, share.metadata);
  const entries = files.flatMap(({ row, about }, index) => {
    const bytes = leaving[index];
    return bytes ? [{ row, about, bytes }] : [];
  });
  if (entries.length === 0) throw new Refused({ code: 'not_found' });
  return { zip: zipOf(state.reference, entries), files: entries.map(({ bytes }) => bytes) };
};

/** Who looks and since when, for what is drawn over a picture. */
const markOf = (house: House, { named, share, standing: { state }, visit }: Held): string => {
  const at = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: timeZoneAt(house, state.siteId),
  }).format(visit.at);
  return `${named ? addressOf(named) : share.id.slice(-6)} · ${at}`;
};

/** A picture of a file, with who looks at it drawn over it where that was asked. @throws Refused `not_found` */
export const pictureOf = async (
  vault: Vault,
  images: Images,
  house: House,
  held: Held,
  id: string,
  size: 'small' | 'large',
): Promise<Gift> => {
  const { row, about, previews } = fileIn(held, id);
  // A mark is drawn on the larger, and then made small: it is as fine on both.
  const from = held.share.watermark && previews.includes('large') ? 'large' : size;
  const plain = await rendition(vault, house.id, row, about, from);
  if (!plain) throw new Refused({ code: 'not_found' });
  if (!held.share.watermark) return plain;
  const parts: Uint8Array[] = [];
  for await (const part of plain.read(0, plain.size)) parts.push(part);
  const marked = await images.thumbnail(Buffer.concat(parts), {
    edge: EDGES[size],
    watermark: markOf(house, held),
  });
  // Without its mark it is not shown.
  if ('problem' in marked) throw new Refused({ code: 'not_found' });
  const bytes = marked.ok;
  return {
    name: plain.name,
    type: 'image/webp',
    size: bytes.length,
    tag: `${row.id}-${size}-${held.visit.id}`,
    read: async function* (first, last) {
      yield bytes.subarray(first, last);
    },
  };
};

/** How often it is asked while bytes leave whether the share still stands, in milliseconds. */
const ASK_EVERY = 5000;

/** Ends a long download when the share ends. @param stands throws once it does not */
export const whileItStands = (gift: Gift, stands: () => Promise<unknown>): Gift => ({
  ...gift,
  read: async function* (from, to) {
    let asked = performance.now();
    for await (const part of gift.read(from, to)) {
      if (performance.now() - asked > ASK_EVERY) {
        await stands();
        asked = performance.now();
      }
      yield part;
    }
  },
});
