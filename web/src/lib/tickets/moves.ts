import type { Definition, Field, Move, Ticket } from '../api/types.ts';

/** The list of steps of this kind of work; `null` when the app has no routes, or the ticket no kind yet. */
export const routeOf = (definition: Definition, ticket: Ticket): readonly string[] | null => {
  const kind = definition.routes && ticket.fields[definition.routes.by];
  return typeof kind === 'string' ? (definition.routes?.of[kind] ?? null) : null;
};

/** The step a move leads to from where the ticket stands. */
const destination = (definition: Definition, ticket: Ticket, move: Move): string | null => {
  if (move.to !== '$next' && move.to !== '$back') return move.to;
  const route = routeOf(definition, ticket);
  const here = route?.indexOf(ticket.step) ?? -1;
  if (!route || here < 0) return null;
  return route[here + (move.to === '$next' ? 1 : -1)] ?? null;
};

export interface PossibleMove {
  readonly name: string;
  readonly move: Move;
  readonly to: string | null;
}

/** What may be done with a ticket now, the move a hand makes most first. */
export const possible = (definition: Definition, ticket: Ticket): readonly PossibleMove[] =>
  ticket.moves
    .flatMap((name) => {
      const move = definition.moves[name];
      return move ? [{ name, move, to: destination(definition, ticket, move) }] : [];
    })
    .toSorted((a, b) => Number(b.move.main ?? false) - Number(a.move.main ?? false));

interface Asked {
  readonly fields: readonly { readonly name: string; readonly field: Field; readonly required: boolean }[];
  readonly comment: 'no' | 'asked' | 'required';
}

/** The fields and the comment a move asks: `kind!` is the field `kind`, required. */
export const asked = (definition: Definition, move: Move): Asked => {
  const asks = (move.asks ?? []).map((ask) => ({ name: ask.replace('!', ''), required: ask.endsWith('!') }));
  const comment = asks.find(({ name }) => name === 'comment');
  return {
    fields: asks.flatMap(({ name, required }) => {
      const field = definition.fields[name];
      return field ? [{ name, field, required }] : [];
    }),
    comment: comment ? (comment.required ? 'required' : 'asked') : 'no',
  };
};

export const asksSomething = (definition: Definition, move: Move): boolean => {
  const { fields, comment } = asked(definition, move);
  return fields.length > 0 || comment !== 'no' || move.confirm === true;
};
