import type { ActorRef } from './actor.ts';
import type { Fields } from './values.ts';

export type Lateness = 'on time' | 'at risk' | 'will be late' | 'late' | 'stuck';

/** Where a ticket stands in time; instants are epoch milliseconds. */
export interface Standing {
  readonly lateness: Lateness;
  readonly dueAt: number | null;
  readonly wakeAt: number | null;
}

/** A ticket as its events say it is. Instants are epoch milliseconds. */
export interface TicketState {
  readonly id: string;
  readonly app: string;
  readonly reference: string;
  readonly version: number;
  readonly step: string;
  readonly fields: Fields;
  readonly sealed: Fields;
  readonly siteId: string | null;
  readonly assigneeId: string | null;
  readonly holderId: string | null;
  readonly nth: number | null;
  readonly createdBy: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly stepAt: number;
  readonly promiseAt: number | null;
  readonly closedAt: number | null;
  readonly erasedAt: number | null;
  readonly source: string | null;
  readonly standing: Standing;
}

interface Base {
  readonly version: number;
  readonly at: number;
  readonly actor: ActorRef;
  /** Values of sealed fields, kept beside the body so that erasing them leaves the rest whole. */
  readonly sealed: Fields | null;
}

interface Passage {
  readonly from: string;
  readonly to: string;
}

/** What changed of the plain fields; `null` empties one. */
interface Changes {
  readonly fields: Fields;
}

/** The other ticket, by its id, of a file that was moved. */
export type Carried = { readonly to: string } | { readonly from: string };

export type TicketEvent = Base &
  (
    | {
        readonly type: 'opened';
        readonly body: Changes & {
          readonly app: string;
          readonly reference: string;
          readonly step: string;
          readonly site: string | null;
          readonly holder: string | null;
          readonly nth: number | null;
          readonly promise: number | null;
          readonly source: string | null;
          readonly standing: Standing;
        };
      }
    | {
        readonly type: 'edited';
        readonly body: Changes & {
          /** A file went to another ticket, or came from it. */
          readonly carried?: Carried;
          readonly site: string | null;
          readonly promise: number | null;
          readonly standing: Standing;
        };
      }
    | {
        readonly type: 'moved';
        readonly body: Changes & {
          readonly move: string | null;
          readonly step: Passage;
          readonly comment: string | null;
          readonly promise: number | null;
          readonly ended: boolean;
          readonly standing: Standing;
        };
      }
    | {
        readonly type: 'undone';
        readonly body: Changes & {
          readonly move: string;
          readonly step: Passage;
          readonly stepAt: number;
          readonly promise: number | null;
          readonly closedAt: number | null;
          readonly standing: Standing;
        };
      }
    | { readonly type: 'commented'; readonly body: { readonly text: string; readonly standing: Standing } }
    | {
        readonly type: 'assigned';
        readonly body: { readonly assignee: string | null; readonly standing: Standing };
      }
    | {
        readonly type: 'attached';
        readonly body: {
          readonly holder: string | null;
          readonly nth: number | null;
          readonly promise: number | null;
          readonly standing: Standing;
        };
      }
    | { readonly type: 'lateness'; readonly body: { readonly from: Lateness; readonly standing: Standing } }
    | {
        readonly type: 'migrated';
        readonly body: Changes & { readonly step: Passage; readonly standing: Standing };
      }
    | { readonly type: 'erased'; readonly body: { readonly standing: Standing } }
  );

export type TicketEventType = TicketEvent['type'];
