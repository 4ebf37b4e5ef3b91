const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const NAME = new RegExp(`^${UUID}/(?:[0-9a-f]{2}/[0-9a-f]{32}|key|index-[0-9]{14})\\.age$`, 'u');

export const isName = (name: string): boolean => NAME.test(name);

/** Only names that the vault gives: nothing else may lead anywhere on the disk, or in the bucket. */
export const checkName = (name: string): string => {
  if (!isName(name)) throw new TypeError('That is no name of the shelf.');
  return name;
};

/** How a name may begin. */
export const checkPrefix = (prefix: string): string => {
  if (!/^[0-9a-z./-]{0,80}$/u.test(prefix) || prefix.includes('..'))
    throw new TypeError('No name of the shelf begins like that.');
  return prefix;
};

export const checkRange = (from: number, to: number): void => {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to < from)
    throw new RangeError('Bytes are read from a place to one that is not before it.');
};
