import { createHash } from 'node:crypto';
import type { Body } from './store.ts';

const SMALLEST = 64 * 1024;

/**
 * Cuts a stream into parts of `length` bytes, hashed as they come. Each is good until the next is asked for: they lie in
 * the same memory. One that is shorter is the last.
 */
export async function* partsOf(bytes: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Body> {
  let memory = new Uint8Array(Math.min(SMALLEST, length));
  let filled = 0;
  const room = (wanted: number): void => {
    if (wanted <= memory.length) return;
    const larger = new Uint8Array(Math.min(length, Math.max(wanted, memory.length * 2)));
    larger.set(memory.subarray(0, filled));
    memory = larger;
  };
  let hashes = begin();
  const part = (): Body => ({
    bytes: memory.subarray(0, filled),
    sha256: hashes.sha256.digest('hex'),
    md5: hashes.md5.digest('base64'),
  });
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.byteLength;) {
      const taken = chunk.subarray(at, at + length - filled);
      room(filled + taken.byteLength);
      memory.set(taken, filled);
      hashes.sha256.update(taken);
      hashes.md5.update(taken);
      filled += taken.byteLength;
      at += taken.byteLength;
      if (filled < length) continue;
      yield part();
      filled = 0;
      hashes = begin();
    }
  }
  yield part();
}

const begin = () => ({ sha256: createHash('sha256'), md5: createHash('md5') });
