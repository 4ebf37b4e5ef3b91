import { z } from 'zod';

import { Refused } from '../../engine/index.ts';
import type { Cursor, Sort } from './store.ts';

const written = z.tuple([z.enum(['due', 'newest', 'oldest']), z.string().max(40), z.uuid()]);

/** Opaque to whoever holds it: where a page ended, and in which order. */
export const writeCursor = (cursor: Cursor, sort: Sort): string =>
  Buffer.from(JSON.stringify([sort, cursor.due, cursor.id])).toString('base64url');

const parse = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** @throws Refused `bad_cursor` when it is not one of ours, or of another order */
export const readCursor = (text: string, sort: Sort): Cursor => {
  const read = written.safeParse(parse(text));
  const due = read.success ? read.data[1] : '';
  const known =
    due === 'infinity' ||
    /^\d{4,6}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?[+-]\d{2}(:\d{2})?( BC)?$/u.test(due);
  if (!read.success || read.data[0] !== sort || !known) throw new Refused({ code: 'bad_cursor' });
  return { due, id: read.data[2] };
};
