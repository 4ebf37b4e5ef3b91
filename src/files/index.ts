export { type About, aboutSchema, renditionAbout, type RenditionAbout } from './about.ts';
export { arrived } from './arrive.ts';
export { keepFiles, writesFiles } from './claim.ts';
export { eraseSealedFiles, forgetFiles } from './forget.ts';
export { guardOf, stateAt } from './place.ts';
export {
  carryFile,
  clearFile,
  deleteFiles,
  dueToLook,
  holdLonger,
  type FileRow,
  filesById,
  filesLying,
  filesOfTicket,
  type FileState,
  insertRendition,
  lockFiles,
  lookLater,
  type LyingRow,
  placeOfFile,
  type Reason,
  type RenditionRow,
  renditionsOf,
  setAbout,
  setLooked,
  setState,
} from './store.ts';
