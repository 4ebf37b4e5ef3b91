/** Where the time comes from: the machine in service, a hand-set clock in tests. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export interface TestClock extends Clock {
  /** Moves the clock forward by so many milliseconds. */
  advance(milliseconds: number): void;
  /** Sets the clock to an ISO time or to milliseconds since 1970. */
  set(time: string | number): void;
}

/** A clock that stands still until it is told to move. */
export function testClock(start: string | number = '2026-03-02T09:00:00Z'): TestClock {
  let now = instant(start);
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    set: (time) => {
      now = instant(time);
    },
  };
}

function instant(time: string | number): number {
  const milliseconds = new Date(time).getTime();
  if (Number.isNaN(milliseconds)) throw new RangeError(`Not a time: ${time}`);
  return milliseconds;
}
