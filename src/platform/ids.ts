import { randomInt } from 'node:crypto';
import { UUID } from 'uuidv7';

const TWO_TO_THE_30 = 2 ** 30;

/** Counts up with every id, so that ids made for one millisecond sort in the order they were made. */
let sequence = randomInt(2 ** 41);

/**
 * A UUIDv7 (RFC 9562) that sorts by `time`, milliseconds since 1970; ids of the same millisecond sort in
 * the order this process made them. An import gives the time of what it imports, so that its rows
 * take their place among the others.
 */
export function newId(time: number = Date.now()): string {
  sequence = sequence + 1 < 2 ** 42 ? sequence + 1 : randomInt(2 ** 41);
  const high = Math.floor(sequence / TWO_TO_THE_30);
  return UUID.fromFieldsV7(Math.trunc(time), high, sequence % TWO_TO_THE_30, randomInt(2 ** 32)).toString();
}

const UUID_PATTERN = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a text has the form of a UUID, of any version. */
export function isUuid(text: string): boolean {
  return UUID_PATTERN.test(text);
}
