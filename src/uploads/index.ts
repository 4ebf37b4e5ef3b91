export { type ComingFile, type FilledForm, readFilledForm, readForm } from './form.ts';
export { nameOf } from './names.ts';
export { tooLarge } from './room.ts';
export { type Desk, openDesk, type Room } from './desk.ts';
export { answerTus, type Tus } from './tus.ts';
export { tidyUploads } from './tidy.ts';
