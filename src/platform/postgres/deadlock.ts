const DEADLOCK = '40P01';
const TRIES = 4;

const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === DEADLOCK;

/**
 * Two who each wait for what the other has: PostgreSQL ends one of them, who has done nothing yet and tries again.
 * @param attempt a whole transaction
 */
export const unlessDeadlocked = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 1 || !isDeadlock(error)) throw error;
    }
  }
};
