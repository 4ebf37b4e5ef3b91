import { Logger as WorkerLogger, run, type TaskList } from 'graphile-worker';

import type { Logger } from './logging.ts';

/** What waits or is tried again. */
export interface Jobs {
  stop(): Promise<void>;
}

const CONCURRENCY = 4;

/** Runs the jobs of the queue with these tasks; `cron` in crontab form. A task may run twice: it has its effect once. */
export const startJobs = async (
  url: string,
  logger: Logger,
  tasks: TaskList,
  cron: string,
): Promise<Jobs> => {
  const runner = await run({
    connectionString: url,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    taskList: tasks,
    crontab: cron,
    logger: new WorkerLogger(() => (level, message) => {
      if (level === 'error') logger.error(message);
      else if (level === 'warning') logger.warn(message);
      else logger.debug(message);
    }),
  });
  return { stop: () => runner.stop() };
};
