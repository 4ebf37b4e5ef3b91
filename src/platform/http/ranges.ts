/** Bytes [from, to) of what is asked for. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What a `Range` header asks of something so many bytes long (RFC 9110, section 14): one range; several, another unit or
 * what cannot be read is as if nothing was asked, and everything is given.
 * @returns `null` for everything, `'none'` when no byte of it is there (416)
 */
export const spanOf = (header: string | undefined, size: number): Span | 'none' | null => {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/u.exec(header?.trim() ?? '');
  if (!asked) return null;
  const [, first = '', last = ''] = asked;
  if (first === '' && last === '') return null;
  if (first === '') {
    const count = Math.min(Number(last), size);
    return count === 0 ? 'none' : { from: size - count, to: size };
  }
  const from = Number(first);
  if (last !== '' && Number(last) < from) return null;
  if (from >= size) return 'none';
  return { from, to: last === '' ? size : Math.min(Number(last) + 1, size) };
};
