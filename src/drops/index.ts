export { dropOf } from './bringing.ts';
export { dropForms } from './form.ts';
export { endLeftDeposits } from './left.ts';
export { eraseDrops } from './store.ts';
export { makeDrop } from './make.ts';
