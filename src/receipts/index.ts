export { depositReceipt, publicKeys, ticketReceipts, visitReceipt } from './read.ts';
export type { ReceiptFile } from './format/index.ts';
export { eraseReceipts } from './store.ts';
export { type HandOver, writeReceiptFor } from './write.ts';
export { stateVisit } from './visit.ts';
