import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';

import { asText, fieldKinds, type Json, Refused, type TicketState } from '../engine/index.ts';
import { type Known, original, showFile, sidecarsOf, ticketFiles } from '../downloads/index.ts';
import { appOf } from '../organisations/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { uniquePaths } from '../platform/zip/index.ts';
import { publicKeys, ticketReceipts } from '../receipts/index.ts';
import { type Call, safeCell, viewHistory, viewTicket } from '../tickets/index.ts';
import { traceBytes } from '../traces/index.ts';
import { type Vault, VaultError } from '../vault/index.ts';
import type { BagFile } from './format/index.ts';
import { heldBy } from './store.ts';
import { sha512Of } from './sums.ts';

/** Something for a bag: where it is to stand below `data/`, its sums, and how it is read. */
export interface Piece extends BagFile {
  readonly crc32: number;
  /** Epoch milliseconds. */
  readonly modified: number;
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** What is not in the bag, and why: `waiting`, `quarantined`, `missing`, `corrupt`. */
export interface Absent {
  readonly path: string;
  readonly why: string;
}

export interface Gathered {
  readonly pieces: readonly Piece[];
  readonly absent: readonly Absent[];
}

export interface Gathering {
  readonly locale: 'fr' | 'en';
  /** Where people reach the installation: receipts are signed in its name. */
  readonly url: string;
  /** Reads every file through first, so that what is damaged is told before anything leaves. */
  readonly whole: boolean;
  /** Without what it holds, which is gathered by itself. */
  readonly alone?: boolean;
  /** So many bytes were gathered. */
  reach?(bytes: number): void;
}

/** A text of ours as a piece. */
export const textPiece = (path: string, text: string, modified: number): Piece => {
  const bytes = Buffer.from(text);
  return {
    path,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sha512: createHash('sha512').update(bytes).digest('hex'),
    crc32: crc32(bytes),
    modified,
    read: async function* (from, to) {
      yield bytes.subarray(from, to);
    },
  };
};

interface Which {
  readonly app: string;
  readonly reference: string;
}

/** A ticket as its reader is shown it: JSON for programs, with its history and its files; CSV for eyes. */
const papers = async (
  call: Call,
  which: Which,
  files: readonly object[],
  into: string,
  locale: 'fr' | 'en',
): Promise<Piece[]> => {
  const { definition } = appOf(call.house, which.app);
  const ticket = await viewTicket(call, locale, which.app, which.reference);
  const { events } = await viewHistory(call, which);
  const json = {
    organisation: call.house.slug,
    ...which,
    definition: definition.fields,
    ticket,
    events,
    files,
  };
  const say = (label: string | { readonly fr: string; readonly en: string }): string =>
    typeof label === 'string' ? label : label[locale];
  const rows = Object.entries(definition.fields).flatMap(([name, field]) => {
    const value = ticket.fields[name];
    if (value === undefined || value === null) return [];
    const text =
      field.is === 'choice' ? asText(value as Json) : fieldKinds[field.is].toText(value as Json, field);
    return [[name, say(field.label), text]];
  });
  const own = (['reference', 'step', 'created', 'closed'] as const).map((name) => [
    name,
    '',
    ticket[name] ?? '',
  ]);
  const csv = stringify([['field', 'label', 'value'], ...[...own, ...rows].map((row) => row.map(safeCell))]);
  return [
    textPiece(`${into}ticket.json`, `${JSON.stringify(json, null, 1)}\n`, call.now),
    textPiece(`${into}ticket.csv`, `\ufeff${csv}`, call.now),
  ];
};

/** The receipts of what was handed over, and the keys by which they are verified: `verify-receipt.mjs` needs no more. */
const receiptsOf = async (
  vault: Vault,
  call: Call,
  which: Which,
  into: string,
  url: string,
): Promise<Piece[]> => {
  const { receipts } = await ticketReceipts(vault, call, which);
  const texts = receipts.flatMap(({ row, said }) => (said ? [{ at: row.at, text: said.text }] : []));
  if (texts.length === 0) return [];
  return [
    textPiece(`${into}receipts/key.txt`, await publicKeys(vault, { url }, call.house), call.now),
    ...texts.map(({ at, text }) =>
      textPiece(
        `${into}receipts/${which.reference}-${at.toISOString().slice(0, 10)}.txt`,
        text,
        at.getTime(),
      ),
    ),
  ];
};

/** The references of what it holds that this caller sees too, ended or not. */
const held = (call: Call, state: TicketState): Promise<readonly Which[]> =>
  appOf(call.house, state.app).definition.holds
    ? asOrganisation(call.db, call.house.id, (tx) => heldBy(tx, call.house.id, state.id))
    : Promise.resolve([]);

/**
 * A ticket, the files in the fields that its reader reads, and what it holds: all that belongs into a bag of it. What
 * waits to be looked at, is in quarantine or damaged is named among what is absent. The reading is traced before this resolves.
 * @param into the folder of the bag, empty or with a slash at its end
 * @throws Refused `not_found`; HttpProblem 503 `no_trace`
 */
export const gatherTicket = async (
  vault: Vault,
  call: Call,
  which: Which,
  into: string,
  how: Gathering,
): Promise<Gathered> => {
  const { id } = call.house;
  const { state, files } = await ticketFiles(vault, call, which);
  if (files.length > 0) await traceBytes(call, state);
  const kept: { readonly known: Known; readonly piece: Piece }[] = [];
  const absent: Absent[] = [];
  const shown: object[] = [];
  for (const known of files) {
    const { row, about } = known;
    const path = `${into}files/${row.field ?? ''}/${about.folder === '' ? '' : `${about.folder}/`}${about.name}`;
    if (row.state !== 'kept') {
      absent.push({ path, why: row.state });
      continue;
    }
    try {
      const sha512 = await sha512Of(vault, id, row, about, how.whole);
      const { size, crc32: crc, sha256, read } = await original(vault, id, row, about);
      const modified = row.createdAt.getTime();
      kept.push({ known, piece: { path, size, sha256, sha512, crc32: crc, modified, read } });
      shown.push({ ...showFile(known), sha512 });
      how.reach?.(size);
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      absent.push({ path, why: error.code });
    }
  }
  const paths = uniquePaths(kept.map(({ piece }) => piece.path));
  const placed = kept.map(({ known, piece }, index) => ({ known, piece, path: paths[index] ?? piece.path }));
  const pieces: Piece[] = placed.map(({ piece, path }) => ({ ...piece, path }));
  for (const { path, text, modified } of sidecarsOf(call, state, placed))
    pieces.push(textPiece(path, text, modified));
  pieces.push(...(await receiptsOf(vault, call, which, into, how.url)));
  pieces.unshift(...(await papers(call, which, shown, into, how.locale)));
  for (const one of how.alone ? [] : await held(call, state)) {
    const inner = `${into}held/${one.reference}/`;
    const more = await gatherTicket(vault, call, one, inner, how).catch((error: unknown) => {
      // What they do not see they are not told of.
      if (error instanceof Refused && error.refusal.code === 'not_found') return null;
      throw error;
    });
    pieces.push(...(more?.pieces ?? []));
    absent.push(...(more?.absent ?? []));
  }
  return { pieces, absent };
};
