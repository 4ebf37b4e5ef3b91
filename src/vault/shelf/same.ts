import { createHash } from 'node:crypto';
import { NameUsed } from './errors.ts';

const digest = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
};

/** A name that is used already is no error when what lies there is what was to be put: a crash came between copy and removal. */
export const unlessSame = async (
  putting: Promise<unknown>,
  stored: () => AsyncIterable<Uint8Array>,
  staged: () => AsyncIterable<Uint8Array>,
): Promise<void> => {
  try {
    await putting;
  } catch (error) {
    if (!(error instanceof NameUsed) || (await digest(stored())) !== (await digest(staged()))) throw error;
  }
};
