/**
 * Why an age file does not open:
 * - `no_key`: none of the keys given opens it, or a key is not written as one;
 * - `not_age`: it does not begin with a header of age version 1, or its header was changed;
 * - `needs_more`: the header is longer than the bytes that were given (only `openHead` says so);
 * - `corrupt`: its contents were changed, cut, reordered or added to.
 *
 * Messages name neither keys nor contents.
 */
export type AgeErrorCode = 'no_key' | 'not_age' | 'needs_more' | 'corrupt';

export class AgeError extends Error {
  override name = 'AgeError';
  readonly code: AgeErrorCode;

  constructor(code: AgeErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
