import { Logger as WorkerLogger, makeWorkerUtils, run, type Runner, type TaskList } from 'graphile-worker';

import type { Logger } from './logging.ts';

/** What waits or is tried again. */
export interface Jobs {
  stop(): Promise<void>;
}

const CONCURRENCY = 4;
/** Milliseconds before the queue is looked at again after the database was away. */
const AGAIN = 1_000;

/** How long a job is a server's that no longer says anything: a task that takes longer may run twice. */
const HELD = '5 minutes';
const CRON = '* * * * * release';

/** What a server that was killed had begun is anyone's again; otherwise only after four hours. */
const release = async (
  query: (text: string, values: unknown[]) => Promise<unknown>,
  held: string,
): Promise<void> => {
  await query(
    `select graphile_worker.force_unlock_workers(array(
      select distinct locked_by from graphile_worker.jobs where locked_at <= now() - $1::interval))`,
    [held],
  );
};

/** Runs the jobs of the queue with these tasks; `cron` in crontab form. A task may run twice: it has its effect once. */
export const startJobs = async (
  url: string,
  logger: Logger,
  tasks: TaskList,
  cron: string,
): Promise<Jobs> => {
  const begin = async (): Promise<Runner> => {
    const utils = await makeWorkerUtils({ connectionString: url });
    try {
      await utils.migrate();
      await utils.withPgClient((client) => release((text, values) => client.query(text, values), '0'));
    } finally {
      await utils.release();
    }
    return run({
      connectionString: url,
      // With a delay of 0, a job that cannot be marked as done ends the runner; without one, the whole process.
      preset: { worker: { concurrentJobs: CONCURRENCY, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      noHandleSignals: true,
      taskList: { ...tasks, release: (_payload, { query }) => release(query, HELD) },
      crontab: `${cron}\n${CRON}`,
      logger: new WorkerLogger(() => (level, message) => {
        if (level === 'error') logger.error(message);
        else if (level === 'warning') logger.warn(message);
        else logger.debug(message);
      }),
    });
  };

  let stopped = false;
  let runner = await begin();
  /** The runner ends for good when the database goes away: then another one begins. */
  const supervise = async (): Promise<void> => {
    for (;;) {
      await runner.promise.catch(() => {});
      for (let back = false; !back;) {
        if (stopped) return;
        logger.warn('The queue is interrupted; trying again.');
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
        if (stopped) return;
        back = await begin().then(
          (next) => {
            runner = next;
            return true;
          },
          () => false,
        );
      }
    }
  };
  const supervised = supervise();
  return {
    stop: async () => {
      stopped = true;
      await runner.stop().catch(() => {});
      await supervised;
    },
  };
};
