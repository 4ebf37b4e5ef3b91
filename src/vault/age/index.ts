/**
 * The age file format, version 1 (https://age-encryption.org/v1): what any `age` opens, and what any `age` wrote.
 * Headers by `age-encryption`; payloads by Node, 64 KiB at a time, so that ranges open without what lies before them.
 */
export { AgeError, type AgeErrorCode } from './error.ts';
export { type GoodPart, goodPart } from './good.ts';
export { openHead, type Opener } from './head.ts';
export { type Identity, type Key, newIdentity, recipientOf } from './keys.ts';
export { openBytes, openRange, openStream, type Read } from './open.ts';
export { newSealer, sealBytes, type Sealer } from './seal.ts';
export { CHUNK, plainSize, sealedSize, TAG } from './sizes.ts';
