import { type Actor, Refused } from '../engine/index.ts';
import type { House } from '../organisations/index.ts';
import { type Frame, REFUSED } from '../people/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { filesById } from '../files/index.ts';
import { perform } from '../tickets/index.ts';
import type { Room } from '../uploads/index.ts';
import { useOf } from '../vault/index.ts';
import { isClosed, noRoom, tooManyBytes, tooManyFiles } from './refusals.ts';
import { roomInField, type Standing, stands, standing } from './standing.ts';
import { announced, countFile, lockDeposit, lockDrop } from './store.ts';

/** Who brings, by which drop, with which deposit. */
export interface Bringing {
  readonly house: House;
  readonly dropId: string;
  /** Acts as the deposit: its id is the one that files and events remember. */
  readonly actor: Actor;
  readonly now: number;
}

/** Holds a deposit open until the end of the transaction: its receipt waits for what is being put. */
const takesMore = async (tx: Tx, house: House, dropId: string, actor: Actor): Promise<void> => {
  const deposit = await lockDeposit(tx, house.id, dropId, actor.id ?? '');
  if (deposit?.closedAt !== null) throw isClosed();
};

/**
 * Keeps room for a file before its bytes come: by what the drop takes in all, by what was announced, and by its field.
 * @throws HttpProblem 401, 409 `deposit_closed`, 413 `too_many_files`, `too_many_bytes`
 */
export const reserve = async (
  tx: Tx,
  { house, dropId, actor, now }: Bringing,
  bytes: number,
): Promise<void> => {
  const drop = await lockDrop(tx, house.id, dropId);
  const there = drop && (await standing(tx, house, dropId, now));
  if (!there) throw REFUSED();
  await takesMore(tx, house, dropId, actor);
  const coming = await announced(tx, house.id, dropId, new Date(now));
  if (drop.files + coming.files >= drop.mostFiles || coming.files >= roomInField(there))
    throw tooManyFiles(drop.mostFiles);
  const left = Math.max(0, drop.mostBytes - drop.bytes - coming.bytes);
  if (bytes > left) throw tooManyBytes(left);
};

/** How many bytes may come whose number nobody said before: what is left when everything announced has come. */
export const leftFor = async (
  tx: Tx,
  room: Room,
  there: Standing,
  { house, dropId, now }: Bringing,
): Promise<{ readonly drop: number; readonly house: number }> => {
  const { drop } = there;
  const coming = await announced(tx, house.id, dropId, new Date(now));
  if (drop.files + coming.files >= drop.mostFiles || coming.files >= roomInField(there))
    throw tooManyFiles(drop.mostFiles);
  const { stored, arriving, quota } = await useOf(tx, house.id, new Date(now));
  return {
    drop: Math.max(0, drop.mostBytes - drop.bytes - coming.bytes),
    house: Math.max(0, (quota ?? room.quota ?? Infinity) - stored - arriving),
  };
};

/**
 * Puts a file that has just arrived into its field, after those that are there; the drop is asked again, for it may have
 * ended while the bytes came. Everything is undone together.
 * @param announcedBefore its room was reserved when it was begun
 * @throws HttpProblem as `reserve`, 507 `quota`; Refused
 */
export const put = async (
  tx: Tx,
  frame: Pick<Frame, 'db'>,
  room: Room,
  bringing: Bringing,
  fileId: string,
  announcedBefore: boolean,
): Promise<void> => {
  const { house, dropId, actor, now } = bringing;
  const [file] = await filesById(tx, house.id, [fileId]);
  const drop = await lockDrop(tx, house.id, dropId);
  if (!drop || !file) throw REFUSED();
  await takesMore(tx, house, dropId, actor);
  // What was announced is counted already, this file with it.
  if (!announcedBefore) {
    const coming = await announced(tx, house.id, dropId, new Date(now));
    if (drop.files + coming.files >= drop.mostFiles) throw tooManyFiles(drop.mostFiles);
    const left = drop.mostBytes - drop.bytes - coming.bytes;
    if (file.size > left) throw tooManyBytes(Math.max(0, left));
    const { stored, arriving, quota } = await useOf(tx, house.id, new Date(now));
    if (stored + arriving > (quota ?? room.quota ?? Infinity)) throw noRoom();
  }
  await countFile(tx, house.id, dropId, file.size);
  const call = { db: frame.db, house, actor, now, once: null };
  await perform(tx, call, { id: drop.ticketId }, async (_tx, state) => {
    if (!(await stands(tx, house, drop, state, now))) throw REFUSED();
    const had = state.fields[drop.field] ?? state.sealed[drop.field];
    return {
      type: 'edit',
      version: state.version,
      fields: { [drop.field]: [...(Array.isArray(had) ? had : []), { id: fileId }] },
    };
  }).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    // The field is full, by whatever way; or the ticket ended while the bytes came.
    throw error.refusal.code === 'invalid' ? tooManyFiles(drop.mostFiles) : REFUSED();
  });
};
