export { addFiles } from './change.ts';
export { type Bytes, original, outgoing, outgoingLater, rendition } from './read.ts';
export { sidecarsOf } from './sidecars.ts';
export { keysIfOpen, type Known, readable, showFile, ticketFiles } from './view.ts';
export { zipOf } from './zip.ts';
