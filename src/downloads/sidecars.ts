import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import { readingOf, type Sidecars, type TicketState } from '../engine/index.ts';
import { appOf } from '../organisations/index.ts';
import { type Described, xmpOf } from '../platform/xmp.ts';
import type { Call } from '../tickets/index.ts';
import type { Bytes } from './read.ts';
import type { Known } from './view.ts';

/** A file that goes out, and the path it goes out under. */
export interface Placed {
  readonly known: Known;
  readonly path: string;
}

/** A sidecar that goes out beside its photograph. */
export interface Sidecar extends Bytes {
  readonly path: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly modified: number;
}

/** What the ticket says, by the fields that its reader reads. */
const saidBy = (call: Call, state: TicketState, sidecars: Sidecars<string>): Described => {
  const { definition } = appOf(call.house, state.app);
  const reading = readingOf(definition, call.actor, state);
  const values = { ...state.fields, ...state.sealed };
  const valueOf = (name: string | undefined): unknown =>
    name !== undefined && reading(name) === 'shown' ? values[name] : undefined;
  const text = (name: string | undefined): string | undefined => {
    const value = valueOf(name);
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
  };
  const words = (names: readonly (string | undefined)[]): readonly string[] => [
    ...new Set(
      names
        .flatMap((name) => (text(name) ?? '').split(/[,;\r\n]/u))
        .map((word) => word.trim())
        .filter((word) => word !== ''),
    ),
  ];
  return {
    title: text(sidecars.title),
    description: text(sidecars.description),
    keywords: words(sidecars.keywords ?? []),
    people: words([sidecars.people]),
    location: text(sidecars.location),
    period: text(sidecars.period),
    source: text(sidecars.source),
    date: text(sidecars.date),
    place: (valueOf(sidecars.place) ?? undefined) as Described['place'],
    changed: state.updatedAt,
  };
};

const isPicture = ({ row }: Known): boolean => row.type?.startsWith('image/') === true;
const folded = (path: string): string => path.normalize('NFC').toLowerCase();

/**
 * A sidecar as a file. One that somebody brought, `photo.jpg.xmp` or `photo.xmp`, keeps its name and every byte; ours then
 * stands beside it as `photo.jpg.ticket.xmp`, so that neither is lost and programs read the one of whoever edits photos.
 */
const sidecarOf = ({ path }: Placed, said: Described, taken: ReadonlySet<string>): Sidecar => {
  const bare = path.replace(/\.[^./]*$/u, '');
  const isBrought = [path, bare].some((one) => taken.has(folded(`${one}.xmp`)));
  const own = `${path}${isBrought ? '.ticket' : ''}.xmp`;
  const text = xmpOf(said);
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    path: own,
    text,
    modified: said.changed,
    name: own.slice(own.lastIndexOf('/') + 1),
    type: 'application/rdf+xml',
    size: bytes.length,
    tag: sha256.slice(0, 32),
    sha256,
    crc32: crc32(bytes),
    read: async function* (from, to) {
      yield bytes.subarray(from, to);
    },
  };
};

/** The sidecars of those files that are photographs of the field that has some; none when the app says of none. */
export const sidecarsOf = (call: Call, state: TicketState, files: readonly Placed[]): readonly Sidecar[] => {
  const { sidecars } = appOf(call.house, state.app).definition;
  if (!sidecars) return [];
  const photos = files.filter(({ known }) => known.row.field === sidecars.of && isPicture(known));
  if (photos.length === 0) return [];
  const said = saidBy(call, state, sidecars);
  const taken = new Set(files.map(({ path }) => folded(path)));
  return photos.map((photo) => {
    const { picture } = photo.known.about;
    const place = picture?.place ?? said.place;
    return sidecarOf(photo, { ...said, taken: picture?.takenAt ?? undefined, place }, taken);
  });
};
