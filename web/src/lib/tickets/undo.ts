import { api } from '../api/paths.ts';
import type { Ticket } from '../api/types.ts';
import { write } from '../api/write.ts';
import type { Toasts } from '../toasts/toasts.svelte.ts';
import type { Words } from '../words/words.svelte.ts';

/** Says that a ticket has moved, with the way back for as long as there is one. */
export const sayMoved = (
  moved: Ticket,
  text: string,
  {
    organisation,
    words,
    toasts,
    after,
  }: { organisation: string; words: Words; toasts: Toasts; after: (ticket: Ticket) => unknown },
): void => {
  const left = moved.undo ? Math.floor((Date.parse(moved.undo.until) - Date.now()) / 1000) : 0;
  const run = async () => {
    const answer = await write<Ticket>(
      'POST',
      `/api/v1${api.ticket(organisation, moved.app, moved.reference)}/undo`,
      {},
    );
    if (answer.ok) toasts.say({ tone: 'good', text: words.m.common.undone(moved.reference) });
    else
      toasts.say({
        tone: 'bad',
        text: answer.problem.detail ?? (answer.problem.title || words.m.problem.offline),
      });
    if (answer.ok) await after(answer.body);
  };
  toasts.say(
    { tone: 'good', text, ...(left > 1 && { action: { label: words.m.common.undo, run } }) },
    left > 1 ? Math.min(left, 20) : undefined,
  );
};
