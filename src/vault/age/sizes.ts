import { AgeError } from './error.ts';

/** Bytes of plain text in every chunk but the last. */
export const CHUNK = 65_536;
/** Bytes that each chunk takes more: its Poly1305 tag. */
export const TAG = 16;
/** Bytes that every chunk but the last takes in the file. */
export const SEALED = CHUNK + TAG;

/** Bytes that an age file of `plain` bytes takes, with a head (header and nonce) of `headSize`. */
export const sealedSize = (plain: number, headSize: number): number =>
  headSize + plain + TAG * Math.max(1, Math.ceil(plain / CHUNK));

/** Plain bytes in an age file of `stored` bytes with a head of `headSize`; AgeError `corrupt` when there is no such file. */
export const plainSize = (stored: number, headSize: number): number => {
  const payload = stored - headSize;
  const tail = payload % SEALED;
  const empty = payload === TAG;
  if (!Number.isSafeInteger(payload) || payload < TAG || (tail > 0 && tail <= TAG && !empty))
    throw new AgeError('corrupt', 'no age file is of this size');
  return payload - TAG * Math.ceil(payload / SEALED);
};
