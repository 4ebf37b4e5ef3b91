/** Chance that is the same every time (mulberry32), so that what a test measures is the same every time. */
export interface Chance {
  readonly below: (count: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly digits: (count: number) => string;
}

export const chanceOf = (seed: number): Chance => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    pick: (from) => from[below(from.length)] as (typeof from)[number],
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
  };
};
