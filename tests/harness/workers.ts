import { readFileSync } from 'node:fs';

/** The processes that look into pictures for this one, as the kernel sees them (Linux alone tells). */
export const pictureWorkers = (): readonly number[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker.ts'));
