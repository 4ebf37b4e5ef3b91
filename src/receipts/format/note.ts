/**
 * Signed notes: a text, an empty line, and a line for each signature. People read the text, programs the rest.
 *
 * Source: https://c2sp.org/signed-note, with Ed25519 signatures (RFC 8032) of the text, its last line feed included.
 */
import { isSignedBy, keyId, type PublicKey, type Signer } from './keys.ts';

export type NoteProblem = 'not_a_note' | 'unknown_key' | 'bad_signature' | 'doubled_signature';

/** Its text is to be believed: each of these keys signed it. */
export interface OpenNote {
  readonly text: string;
  readonly signedBy: readonly PublicKey[];
}

/** As many as a verifier must take, and more than anybody needs. */
const MOST_SIGNATURES = 16;

/**
 * @param text ends in a line feed; no other control character
 * @throws TypeError on a text that a note cannot hold
 */
export const signNote = (text: string, signer: Signer): string => {
  if (!isNoteText(text)) throw new TypeError('The text of a note is lines of well-formed text.');
  const signature = Buffer.concat([keyId(signer), signer.sign(Buffer.from(text))]);
  return `${text}\n— ${signer.name} ${signature.toString('base64')}\n`;
};

/**
 * The text of a note that at least one of these keys signed. Signatures by other keys say nothing; one that bears the
 * name of a known key and is wrong, or comes twice, refuses the whole.
 */
export const openNote = (note: string, keys: readonly PublicKey[]): OpenNote | NoteProblem => {
  const split = note.lastIndexOf('\n\n');
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2).split('\n');
  if (split < 0 || !isNoteText(text) || lines.pop() !== '') return 'not_a_note';
  if (lines.length === 0 || lines.length > MOST_SIGNATURES) return 'not_a_note';
  const signatures = lines.map(readSignature);
  const signedBy: PublicKey[] = [];
  for (const signature of signatures) {
    if (!signature) return 'not_a_note';
    const key = keys.find((key) => key.name === signature.name && keyId(key).equals(signature.id));
    if (!key) continue;
    if (signedBy.includes(key)) return 'doubled_signature';
    if (!isSignedBy(key, Buffer.from(text), signature.bytes)) return 'bad_signature';
    signedBy.push(key);
  }
  return signedBy.length > 0 ? { text, signedBy } : 'unknown_key';
};

const readSignature = (
  line: string,
): { readonly name: string; readonly id: Buffer; readonly bytes: Buffer } | undefined => {
  const [, name = '', encoded = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length < 5 || bytes.toString('base64') !== encoded) return undefined;
  return { name, id: bytes.subarray(0, 4), bytes: bytes.subarray(4) };
};

const isNoteText = (text: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- what a note must not hold is just that
  text.endsWith('\n') && text.length > 1 && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
