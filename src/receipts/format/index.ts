export { publicKeyText, type PublicKey, type Signer, signerFrom } from './keys.ts';
export { openNote, signNote } from './note.ts';
export { readReceipt, type ReadReceipt, type ReceiptProblem, writeReceipt } from './receipt.ts';
export type { ReceiptFile, ReceiptStatement } from './statement.ts';
