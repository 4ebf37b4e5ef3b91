import { join } from 'node:path';

import type { Vault } from '../vault/index.ts';
import { type Locker, newLocker } from './lock.ts';

/** How much may be kept, in bytes, where an organisation does not say. */
export interface Room {
  /** Of everything an organisation keeps; `null`: as much as there is. */
  readonly quota: number | null;
  /** Of one file. */
  readonly largest: number;
}

/** A piece of what arrives, which lies sealed in the staging folder: its plain bytes [from, to). */
export interface Piece {
  readonly file: string;
  readonly from: number;
  readonly to: number;
  /** Bytes as they lie there. */
  readonly stored: number;
  /** It is a whole age file by itself. */
  readonly whole: boolean;
}

/** Where bytes come in. One for the server, as its vault. */
export interface Desk extends Room {
  readonly vault: Vault;
  readonly locker: Locker;
  /** Pieces that were found good, by upload and file: what is on the disk is not opened again at every request. */
  readonly known: Map<string, Map<string, Piece | null>>;
  /** Aborted when the server stops: what is coming in is kept as far as it came. */
  readonly stopping: AbortSignal;
  /** Something has become a file, and waits to be looked at. */
  arrived(organisationId: string): void;
}

export const openDesk = (parts: Omit<Desk, 'locker' | 'known'>): Desk => ({
  ...parts,
  locker: newLocker(),
  known: new Map(),
});

/** Where the pieces of an upload lie. Both are UUIDs, looked up before: nothing in them leads elsewhere. */
export const folderOf = ({ vault }: Desk, organisationId: string, uploadId: string): string =>
  join(vault.staging, organisationId, uploadId);
