import { SvelteMap } from 'svelte/reactivity';
import { api } from '../api/paths.ts';
import type { Board, Definition, Problem, Ticket } from '../api/types.ts';
import { write } from '../api/write.ts';
import { asksSomething, possible, type PossibleMove } from '../tickets/moves.ts';

export interface Column {
  readonly step: string;
  readonly count: number;
  readonly capped: boolean;
  readonly tickets: readonly Ticket[];
}

type Drop =
  | { readonly kind: 'stays' }
  | { readonly kind: 'refused'; readonly ways: readonly PossibleMove[] }
  | { readonly kind: 'made'; readonly way: PossibleMove }
  | { readonly kind: 'asks'; readonly ways: readonly PossibleMove[] };

/** What letting a card go over a column means. */
export const dropOn = (definition: Definition, ticket: Ticket, step: string): Drop => {
  if (ticket.step === step) return { kind: 'stays' };
  const all = possible(definition, ticket);
  const ways = all.filter(({ to }) => to === step);
  const [way] = ways;
  if (!way) return { kind: 'refused', ways: all };
  return ways.length === 1 && !asksSomething(definition, way.move)
    ? { kind: 'made', way }
    : { kind: 'asks', ways };
};

/** The board as it is being worked on: the server's columns, and cards already moved by hand. */
export class BoardState {
  dragging: Ticket | null = $state.raw(null);
  readonly #moved = new SvelteMap<string, Ticket>();
  readonly #board: () => Board;

  constructor(board: () => Board) {
    this.#board = board;
  }

  columns: readonly Column[] = $derived.by(() => {
    const known = new Map(
      this.#board().steps.flatMap(({ tickets }) =>
        tickets.map((ticket) => [ticket.reference, ticket] as const),
      ),
    );
    // A card moved here is ahead of the server's board only until that board has caught up.
    const ahead = [...this.#moved.values()].filter(
      ({ reference, version }) => (known.get(reference)?.version ?? 0) < version,
    );
    const names = new Set(ahead.map(({ reference }) => reference));
    return this.#board().steps.map((column) => {
      const staying = column.tickets.filter(({ reference }) => !names.has(reference));
      const arrived = ahead.filter(({ step }) => step === column.step);
      const left = column.tickets.length - staying.length;
      return { ...column, count: column.count - left + arrived.length, tickets: [...arrived, ...staying] };
    });
  });

  find(reference: string): Ticket | undefined {
    return this.columns.flatMap(({ tickets }) => tickets).find((ticket) => ticket.reference === reference);
  }

  /** Takes the server's word for a ticket. */
  accept(ticket: Ticket): void {
    this.#moved.set(ticket.reference, ticket);
  }

  /** Shows the card where it goes at once, and puts it back if it may not. */
  async make(
    organisation: string,
    ticket: Ticket,
    way: PossibleMove,
  ): Promise<{ ticket: Ticket } | { problem: Problem | null }> {
    this.#moved.set(ticket.reference, {
      ...ticket,
      step: way.to ?? ticket.step,
      version: ticket.version + 0.5,
      moves: [],
    });
    const path = `/api/v1${api.ticket(organisation, ticket.app, ticket.reference)}/moves/${encodeURIComponent(way.name)}`;
    const answer = await write<Ticket>('POST', path, {});
    if (answer.ok) {
      this.accept(answer.body);
      return { ticket: answer.body };
    }
    this.#moved.delete(ticket.reference);
    return { problem: answer.unreachable ? null : answer.problem };
  }
}
