/** Resolves when what was just asked has left: what is sent in one turn of the loop leaves at its end. */
export const departure = (): Promise<void> =>
  new Promise((resolve) => process.nextTick(setImmediate, resolve));
