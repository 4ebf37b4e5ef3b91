/**
 * Names a passkey as age-encryption wants it named (`AGE-PLUGIN-FIDO2PRF-1…`: bech32 of CBOR, https://age-encryption.org):
 * which passkey, of which host. Nothing in it is secret.
 */

const LETTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

const checksum = (values: readonly number[]): number => {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((part, bit) => {
      if ((top >>> bit) & 1) sum ^= part;
    });
  }
  return sum >>> 0;
};

const inFives = (bytes: readonly number[]): readonly number[] => {
  const fives: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) fives.push((held >>> (bits - 5)) & 31);
  }
  if (bits > 0) fives.push((held << (5 - bits)) & 31);
  return fives;
};

/** Bech32 (BIP 173) of any length. */
const bech32 = (prefix: string, bytes: readonly number[]): string => {
  const letters = Array.from(prefix, (letter) => letter.charCodeAt(0));
  const words = inFives(bytes);
  const expanded = [...letters.map((code) => code >> 5), 0, ...letters.map((code) => code & 31)];
  const sum = checksum([...expanded, ...words, 0, 0, 0, 0, 0, 0]) ^ 1;
  const last = Array.from({ length: 6 }, (_, nth) => (sum >>> (5 * (5 - nth))) & 31);
  return `${prefix}1${[...words, ...last].map((word) => LETTERS[word]).join('')}`;
};

/** The head of a CBOR item (RFC 8949) shorter than 64 KiB. */
const head = (major: number, length: number): readonly number[] =>
  length < 24
    ? [(major << 5) | length]
    : length < 256
      ? [(major << 5) | 24, length]
      : [(major << 5) | 25, length >>> 8, length & 255];

const text = (said: string): readonly number[] => {
  const bytes = new TextEncoder().encode(said);
  return [...head(3, bytes.length), ...bytes];
};

/** @param credential as WebAuthn names it, base64url */
export const prfIdentity = (credential: string, party: string, transports: readonly string[]): string => {
  const id = Uint8Array.from(atob(credential.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
  return bech32('age-plugin-fido2prf-', [
    ...head(0, 1),
    ...head(2, id.length),
    ...id,
    ...text(party),
    ...head(4, transports.length),
    ...transports.flatMap(text),
  ]).toUpperCase();
};
