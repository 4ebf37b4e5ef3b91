import { createHash } from 'node:crypto';

import { ProtocolError } from './protocol-error.ts';

const ALGORITHMS = ['sha1', 'sha256', 'md5'] as const;

/** As `OPTIONS` says it. */
export const CHECKSUMS = ALGORITHMS.join(',');

/** The sum is not that of what came; nothing of it is kept. */
const MISMATCH = { status_code: 460, body: 'checksum_mismatch' };
const UNKNOWN = { status_code: 400, body: 'checksum_unknown' };

/** Compares bytes as they pass with a sum that was said before. */
export interface Checking {
  add(bytes: Uint8Array): void;
  /** @throws ProtocolError 460 */
  check(): void;
}

/** Reads `Upload-Checksum: sha256 <base64>`. @throws ProtocolError 400 for another algorithm, or no sum */
export const checkingOf = (header: string | null): Checking | null => {
  if (header === null) return null;
  const [name, said = '', ...more] = header.trim().split(/\s+/u);
  const algorithm = ALGORITHMS.find((one) => one === name);
  if (algorithm === undefined || more.length > 0) throw new ProtocolError(UNKNOWN);
  const expected = Buffer.from(said, 'base64');
  const hash = createHash(algorithm);
  return {
    add: (bytes) => void hash.update(bytes),
    check: () => {
      if (!hash.digest().equals(expected)) throw new ProtocolError(MISMATCH);
    },
  };
};
