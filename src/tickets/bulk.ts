import { Refused } from '../engine/index.ts';
import type { ProblemDetails } from '../platform/http/problem.ts';
import { type MoveInput, moveTicket } from './acts.ts';
import { KeyReused } from './answer.ts';
import type { Call } from './call.ts';
import { viewTicket } from './lists/view.ts';
import { refusalProblem } from './refusal.ts';
import type { TicketView } from './show.ts';

export type Result =
  | { readonly reference: string; readonly ok: true; readonly ticket: TicketView }
  | { readonly reference: string; readonly ok: false; readonly problem: ProblemDetails };

/** One move on many tickets, each in its own transaction: what is refused for one changes nothing for the others. */
export const moveMany = async (
  call: Call,
  locale: 'fr' | 'en',
  app: string,
  references: readonly string[],
  input: MoveInput,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  for (const reference of new Set(references)) {
    const once = call.once && { ...call.once, key: `${call.once.key}/${reference}` };
    try {
      await moveTicket({ ...call, once }, { app, reference }, input);
      results.push({ reference, ok: true, ticket: await viewTicket(call, locale, app, reference) });
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof KeyReused)) throw error;
      results.push({ reference, ok: false, problem: refusalProblem(error, locale) });
    }
  }
  return results;
};
