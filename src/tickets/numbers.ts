import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { takeNumbers } from './store.ts';

interface Waiting {
  give(value: number): void;
  fail(error: unknown): void;
}

/**
 * The numbers of references, without gaps while nothing fails and without a queue at the counter's row:
 * whoever asks while a request is under way is served by the next one, all together.
 */
export interface Numbers {
  next(organisationId: string, name: string): Promise<number>;
}

export const openNumbers = (db: Database): Numbers => {
  const queues = new Map<string, Waiting[]>();

  const serve = async (organisationId: string, name: string, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) {
      const group = queue.splice(0);
      try {
        const last = await asOrganisation(db, organisationId, (tx) =>
          takeNumbers(tx, organisationId, name, group.length),
        );
        group.forEach((waiting, index) => waiting.give(last - group.length + index + 1));
      } catch (error) {
        for (const waiting of group) waiting.fail(error);
      }
    }
    queues.delete(`${organisationId} ${name}`);
  };

  return {
    next: (organisationId, name) =>
      new Promise((give, fail) => {
        const id = `${organisationId} ${name}`;
        const queue = queues.get(id);
        if (queue) {
          queue.push({ give, fail });
          return;
        }
        const started: Waiting[] = [{ give, fail }];
        queues.set(id, started);
        void serve(organisationId, name, started);
      }),
  };
};
