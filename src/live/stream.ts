import { z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';

import { maySee, type TicketState } from '../engine/index.ts';
import { eventsAfter, headOf, type Listening, ofTickets, type OrderedEvent } from '../log/index.ts';
import { type Caller, callerOf, door, type Doors, type Frame } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { statesById } from '../tickets/index.ts';
import { traced, type Traced } from '../traces/index.ts';

const BATCH = 500;
/** A page that slept longer than this many events reads everything again. */
const FAR = 5000;
/** Milliseconds: a line now and then keeps proxies from closing the stream, and finds out who has lost the right to it. */
const HEARTBEAT = 20_000;

/** What a page is told of an event: enough to know what to read again. */
const tell = ({ event, state }: Traced<{ event: OrderedEvent; state: TicketState }>) => ({
  seq: event.seq,
  app: event.app,
  reference: state.reference,
  type: event.type,
  step: state.step,
  lateness: state.standing.lateness,
  version: event.version,
  at: new Date(event.at).toISOString(),
});

/** Live pages: the log as server-sent events, resumed where it stopped, each told only of tickets they see. */
export const streamRoutes = (doors: Doors, frame: Frame, listening: Listening): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/stream',
      permit: 'organisation, stations',
      // It is opened again whenever a proxy cut it, by nobody's hand.
      idling: true,
      params: z.object({ organisation: z.string().max(80) }),
      query: z.object({
        app: z.string().max(80).optional(),
        after: z.coerce.number().int().min(0).optional(),
      }),
      summary: 'What happens, as server-sent events; resumes after `Last-Event-ID`, or begins after `after`',
      answers: { 200: 'text/event-stream' },
    },
    async ({ c, caller, query }) => {
      const { house } = caller;
      const last = Number(c.req.header('last-event-id') ?? query.after ?? Number.NaN);
      const head = await asOrganisation(frame.db, house.id, (tx) => headOf(tx, house.id));
      let seq = Number.isSafeInteger(last) && last >= 0 && last <= head ? last : head;
      c.header('x-accel-buffering', 'no');

      const response = streamSSE(c, async (out) => {
        let wake: (() => void) | null = null;
        let grown = true;
        const remove = listening.add((organisationId, reached) => {
          if (organisationId !== house.id || reached <= seq) return;
          grown = true;
          wake?.();
        });
        const ignore = listening.onChange((organisationId) => {
          if (organisationId !== house.id) return;
          grown = true;
          wake?.();
        });
        const end = (): void => wake?.();
        out.onAbort(end);
        frame.stopping.addEventListener('abort', end);
        const over = (): boolean => out.aborted || frame.stopping.aborted;
        const quiet = (): Promise<void> =>
          new Promise((resolve) => {
            const timer = setTimeout(resolve, HEARTBEAT);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });

        const follow = async (): Promise<void> => {
          await out.writeSSE({ event: 'hello', data: JSON.stringify({ seq }), id: String(seq) });
          if (head - seq > FAR) {
            seq = head;
            await out.writeSSE({ event: 'reset', data: JSON.stringify({ seq }), id: String(seq) });
          }
          while (!over()) {
            if (!grown) {
              await quiet();
              if (over()) break;
              if (!grown) await out.write(': \n\n');
            }
            grown = false;
            // Asked again each time: a right that was taken away ends the stream at once.
            const now: Caller | null = await callerOf(frame, c, house.slug, true).catch(() => null);
            if (!now) break;
            const events = await asOrganisation(frame.db, house.id, async (tx) => {
              const page = await eventsAfter(tx, house.id, seq, BATCH);
              const states = await statesById(
                tx,
                house.id,
                ofTickets(page).map((event) => event.ticketId),
              );
              return page.map((event) => ({ event, states }));
            });
            const seen = events.flatMap(({ event, states }) => {
              if (event.ticketId === null) return [];
              const state = states.get(event.ticketId);
              const definition = now.house.apps.get(event.app)?.definition;
              if (!state || !definition || (query.app !== undefined && query.app !== event.app)) return [];
              return maySee(definition, now.actor, state) ? [{ event, state }] : [];
            });
            const reader = { db: frame.db, ...now, now: frame.clock.now(), way: 'stream' } as const;
            for (const one of await traced(reader, seen)) {
              seq = one.event.seq;
              await out.writeSSE({ event: 'ticket', data: JSON.stringify(tell(one)), id: String(seq) });
            }
            seq = events.at(-1)?.event.seq ?? seq;
            if (events.length === BATCH) grown = true;
          }
        };
        // Whatever cuts it, the page comes back and asks from where it stopped.
        await follow().catch(() => {});
        frame.stopping.removeEventListener('abort', end);
        remove();
        ignore();
      });
      // The library would let it be kept and asked for again.
      response.headers.set('cache-control', 'no-store');
      return response;
    },
  );
};
