export type Kind =
  'zip' | 'pdf' | 'gzip' | 'tar' | 'image' | 'encrypted' | 'old office' | 'unreadable' | 'text';

/** How contents begin, in hexadecimal, with what follows of it; `..` is any byte. */
const BEGINNINGS: readonly (readonly [string, Kind])[] = [
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['504b0708504b0304', 'zip'],
  ['1f8b08', 'gzip'],
  ['ffd8ff', 'image'],
  ['89504e470d0a1a0a', 'image'],
  ['47494638', 'image'],
  ['49492a00', 'image'],
  ['4d4d002a', 'image'],
  ['49492b00', 'image'],
  ['52494646........57454250', 'image'],
  ['........66747970686569', 'image'], // HEIC
  ['........667479706d6966', 'image'], // HEIF
  ['........6674797061766966', 'image'], // AVIF
  ['0000000c6a5020200d0a', 'image'], // JPEG 2000
  ['0000000c4a584c200d0a', 'image'], // JPEG XL
  ['ff0a', 'image'],
  ['38425053', 'image'], // Photoshop
  ['d0cf11e0a1b11ae1', 'old office'],
  ['6167652d656e6372797074696f6e2e6f7267', 'encrypted'], // age
  ['2d2d2d2d2d424547494e2041474520454e43525950544544', 'encrypted'], // age, armoured
  ['2d2d2d2d2d424547494e20504750204d455353414745', 'encrypted'], // OpenPGP, armoured
  ['377abcaf271c', 'unreadable'], // 7z
  ['526172211a07', 'unreadable'], // RAR
  ['425a68', 'unreadable'], // bzip2
  ['fd377a585a00', 'unreadable'], // xz
  ['28b52ffd', 'unreadable'], // Zstandard
].map(([begins, kind]) => [begins, kind] as const) as readonly (readonly [string, Kind])[];

/** What a content is, by how it begins. What begins like nothing known may be text. */
export const kindOf = (bytes: Uint8Array): Kind => {
  const head = Buffer.from(bytes.subarray(0, 1024));
  const hex = head.toString('hex', 0, 32);
  for (const [begins, kind] of BEGINNINGS)
    if (begins.includes('.') ? new RegExp(`^${begins}`).test(hex) : hex.startsWith(begins)) return kind;
  // Readers allow anything of a kilobyte before it (ISO 32000-1, H.3).
  if (head.includes('%PDF-')) return 'pdf';
  if (head.subarray(257, 262).toString('latin1') === 'ustar') return 'tar';
  if (/^424d.{8}00000000/.test(hex)) return 'image';
  return 'text';
};
