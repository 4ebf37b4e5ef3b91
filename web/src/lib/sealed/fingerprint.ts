/** By what a public half is known: SHA-256 of its text, in hexadecimal, as the server and other browsers pin it. */
export const fingerprintOf = async (recipient: string): Promise<string> => {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(recipient)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** How many groups of five digits are read aloud: a hundred bits, as in Signal. */
const GROUPS = 6;

/** A fingerprint as two people compare it by telephone: six groups of five digits. @param hex of `fingerprintOf` */
export const digitsOf = (hex: string): string =>
  Array.from({ length: GROUPS }, (_, nth) =>
    String(Number.parseInt(hex.slice(nth * 10, nth * 10 + 10), 16) % 100_000).padStart(5, '0'),
  ).join(' ');

/** What stands for several public halves in the address of a link, whatever their order. */
export const togetherOf = (recipients: readonly string[]): Promise<string> =>
  fingerprintOf(recipients.toSorted().join('\n'));
