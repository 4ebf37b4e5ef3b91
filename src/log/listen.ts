import type { Logger } from '../platform/logging.ts';
import type { Database } from '../platform/postgres/index.ts';
import { heads } from './store.ts';

/**
 * Somebody who wants to know that the log of an organisation reaches `seq`; without end when it is not the log that has
 * changed but who may follow it.
 */
export type Listener = (organisationId: string, seq: number) => void;

export interface Listening {
  add(listener: Listener): () => void;
  /** Hears of an organisation that was changed by its operator, or is no more. */
  onChange(heard: (organisationId: string) => void): () => void;
  stop(): Promise<void>;
}

/** Hears from whichever server orders the log. After a lost connection, everything is said again. */
export const listen = async (db: Database, logger: Logger): Promise<Listening> => {
  const listeners = new Set<Listener>();
  const concerned = new Set<(organisationId: string) => void>();
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
  const changes = await db.system.listen('vigie_organisation', (organisationId) => {
    for (const heard of concerned) heard(organisationId);
  });
  return {
    onChange: (heard) => {
      concerned.add(heard);
      return () => concerned.delete(heard);
    },
    add: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      await Promise.all([subscription.unlisten(), changes.unlisten()]);
    },
  };
};
