export { bagEntries, type BagFile, type TagFile } from './bag.ts';
export type { BagInfo } from './info.ts';
