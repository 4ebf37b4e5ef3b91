import { mkdir, statfs } from 'node:fs/promises';

import { HttpProblem, problem } from '../platform/http/problem.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { useOf } from '../vault/index.ts';
import type { Desk, Room } from './desk.ts';
import { countOpen, lockUse } from './store.ts';
import type { Bringer } from './upload.ts';

/** How many somebody may have begun at a time. */
const MOST = 2000;

const inUnits = (bytes: number): string => {
  const step = bytes >= 1e9 ? 1e9 : bytes >= 1e6 ? 1e6 : 1e3;
  const unit = { 1e9: 'G', 1e6: 'M', 1e3: 'k' }[step] ?? '';
  const count = String(Math.round((bytes / step) * 10) / 10);
  return `${count.replace('.', ',')} ${unit}o / ${count} ${unit}B`;
};

export const tooLarge = (largest: number): HttpProblem =>
  new HttpProblem(
    problem(
      413,
      'too_large',
      `Un fichier est plus grand que ce qui est pris ici. / A file is larger than what is taken here. (${inUnits(largest)})`,
      { largest },
    ),
  );

export const noRoom = (): HttpProblem =>
  new HttpProblem(
    problem(
      507,
      'quota',
      'L’espace de l’organisation est plein : rien n’a été gardé de ce fichier. / The space of the organisation is full: nothing of this file was kept.',
    ),
  );

const full = (): HttpProblem =>
  new HttpProblem(
    problem(
      507,
      'full',
      'Le disque du serveur est plein. Ce qui est arrivé est gardé : réessayez plus tard. / The disk of the server is full. What has arrived is kept: try again later.',
    ),
  );

const tooMany = (): HttpProblem =>
  new HttpProblem(
    problem(
      429,
      'too_many_uploads',
      `Trop d’envois commencés et pas finis (${MOST}). / Too many uploads begun and not finished (${MOST}).`,
    ),
  );

/** Is there room on the disk through which everything comes? */
export const checkDisk = async ({ vault }: Desk, bytes: number): Promise<void> => {
  await mkdir(vault.staging, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(vault.staging);
  if (bavail * bsize < bytes) throw full();
};

/** How many more bytes may come, by what is kept and what is under way. */
export const roomLeft = async (tx: Tx, organisationId: string, room: Room, now: number): Promise<number> => {
  const { stored, arriving, quota } = await useOf(tx, organisationId, new Date(now));
  return Math.max(0, (quota ?? room.quota ?? Infinity) - stored - arriving);
};

/**
 * Says whether so many more bytes may come, by what is kept and what is under way; holds on until the transaction ends,
 * so that two who ask at once are not given the same room.
 * @throws HttpProblem 413 `too_large`, 429 `too_many_uploads`, 507 `quota`
 */
export const makeRoom = async (
  tx: Tx,
  organisationId: string,
  room: Room,
  by: Bringer,
  bytes: number,
  now: number,
): Promise<void> => {
  if (bytes > room.largest) throw tooLarge(room.largest);
  await lockUse(tx, organisationId);
  if (bytes > (await roomLeft(tx, organisationId, room, now))) throw noRoom();
  if ((await countOpen(tx, organisationId, by, new Date(now))) >= MOST) throw tooMany();
};
