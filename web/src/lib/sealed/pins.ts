/** Whose key this browser has come to know, beside what the server remembers: neither alone is believed. */

const placeOf = (organisation: string): string => `vigie.sealed.${organisation}`;

const pinsOf = (organisation: string): Record<string, string> => {
  try {
    return JSON.parse(localStorage.getItem(placeOf(organisation)) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
};

export type Standing = 'new' | 'known' | 'changed';

/**
 * How a key stands to what was known of its owner.
 * @param fingerprint made here, of the key that the server gives
 * @param remembered what the server remembers that this member has pinned
 */
export const standingOf = (
  organisation: string,
  whose: string,
  fingerprint: string,
  remembered: string | null,
): Standing => {
  const own = pinsOf(organisation)[whose];
  const known = [own, remembered ?? undefined].filter((one) => one !== undefined);
  if (known.length === 0) return 'new';
  return known.every((one) => one === fingerprint) ? 'known' : 'changed';
};

/** This browser knows that key from now on. */
export const pinHere = (organisation: string, whose: string, fingerprint: string): void => {
  try {
    localStorage.setItem(
      placeOf(organisation),
      JSON.stringify({ ...pinsOf(organisation), [whose]: fingerprint }),
    );
  } catch {
    // A browser that keeps nothing leaves it to the server.
  }
};
