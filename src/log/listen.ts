import type { Logger } from '../platform/logging.ts';
import type { Database } from '../platform/postgres/index.ts';
import { heads } from './store.ts';

/** Somebody who wants to know that the log of an organisation reaches `seq`. */
export type Listener = (organisationId: string, seq: number) => void;

export interface Listening {
  add(listener: Listener): () => void;
  stop(): Promise<void>;
}

/** Hears from whichever server orders the log. After a lost connection, everything is said again. */
export const listen = async (db: Database, logger: Logger): Promise<Listening> => {
  const listeners = new Set<Listener>();
  const tell = (organisationId: string, seq: number): void => {
    for (const listener of listeners) listener(organisationId, seq);
  };
  const tellAll = async (): Promise<void> => {
    for (const head of await heads(db.system)) tell(head.organisationId, head.seq);
  };
  const sayAll = (): void => {
    tellAll().catch((error: unknown) =>
      logger.warn({ err: error }, 'The heads of the log could not be read.'),
    );
  };
  const subscription = await db.system.listen(
    'vigie_log',
    (payload) => {
      if (payload === '*') return sayAll();
      for (const part of payload.split(',')) {
        const [organisationId = '', seq = ''] = part.split(' ');
        tell(organisationId, Number(seq));
      }
    },
    sayAll,
  );
  return {
    add: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => subscription.unlisten(),
  };
};
