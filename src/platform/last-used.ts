/** A map of the last used, at most so many: whatever was not used while half as many others were is forgotten. */
export const lastUsed = <Value>(most: number) => {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  const set = (key: string, value: Value): void => {
    young.set(key, value);
    if (young.size <= most / 2) return;
    old = young;
    young = new Map();
  };
  return {
    get: (key: string): Value | undefined => {
      const value = young.get(key);
      if (value !== undefined) return value;
      const before = old.get(key);
      if (before !== undefined) set(key, before);
      return before;
    },
    set,
  };
};
