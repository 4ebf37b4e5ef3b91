export { depositReceipt, publicKeys, ticketReceipts } from './read.ts';
export { eraseReceipts } from './store.ts';
export { type HandOver, writeReceiptFor } from './write.ts';
