import { type PublicKey, readPublicKeys, type Signer } from './keys.ts';
import { type NoteProblem, openNote, signNote } from './note.ts';
import { readStatement, type ReceiptStatement, statementText } from './statement.ts';

export type ReceiptProblem = NoteProblem | 'unreadable_key' | 'not_a_receipt' | 'unknown_version';

/** A receipt that holds, or why it does not. */
export type ReadReceipt =
  | { readonly statement: ReceiptStatement; readonly signedBy: readonly string[] }
  | { readonly problem: ReceiptProblem; readonly detail: string };

const DETAILS: { readonly [problem in ReceiptProblem]: string } = {
  not_a_note: 'Ce texte n’est pas un reçu signé. / This text is not a signed receipt.',
  not_a_receipt: 'Ce texte est signé, mais n’est pas un reçu. / This text is signed, but is not a receipt.',
  unknown_key: 'Aucune des clés données n’a signé ce texte. / None of the given keys has signed this text.',
  bad_signature: 'La signature ne vaut pas pour ce texte. / The signature does not hold for this text.',
  doubled_signature: 'Une signature y est deux fois. / A signature is there twice.',
  unreadable_key: 'Une clé publique est illisible. / A public key cannot be read.',
  unknown_version: 'Ce reçu est d’une version inconnue. / This receipt is of an unknown version.',
};

/**
 * A receipt: a statement that people read, signed so that anybody can verify it without us
 * (https://c2sp.org/signed-note; `client/verify-receipt.mjs` and `openssl pkeyutl -verify` do).
 *
 * @returns the same text for the same statement and signer
 * @throws TypeError on a statement that says nothing: see `statementText`
 */
export const writeReceipt = (statement: ReceiptStatement, signer: Signer): string =>
  signNote(statementText(statement), signer);

/**
 * What a receipt states, when one of these keys signed it. Line ends of Windows, which mail and editors leave, and the
 * mark that some put before a text do not count: no signed text holds either.
 *
 * @param publicKeys texts as `publicKeyText` gives them
 * @returns the names of the keys that signed, or the first problem, in French and English; never throws
 */
export const readReceipt = (text: string, publicKeys: readonly string[]): ReadReceipt => {
  const keys = keysOf(publicKeys);
  if (!keys) return problem('unreadable_key');
  const note = openNote(text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'), keys);
  if (typeof note === 'string') return problem(note);
  const statement = readStatement(note.text);
  if (statement === undefined) return problem('not_a_receipt');
  if (statement === 'unknown_version') return problem(statement);
  return { statement, signedBy: note.signedBy.map(({ name }) => name) };
};

const problem = (code: ReceiptProblem): ReadReceipt => ({ problem: code, detail: DETAILS[code] });

const keysOf = (texts: readonly string[]): PublicKey[] | undefined => {
  try {
    return texts.flatMap(readPublicKeys);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};
