export { type Bag, bagOf, infoOf } from './bag.ts';
export { type Brought, bringBag } from './bring.ts';
export { checkBag, type Wrong } from './check.ts';
export { type Absent, type Gathered, type Gathering, gatherTicket, textPiece } from './gather.ts';
export { ticketsWithFiles } from './store.ts';
export { writeFolder, writeZip } from './write.ts';
