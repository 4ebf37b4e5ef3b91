export { assignTicket, commentTicket, editTicket, moveTicket } from './acts.ts';
export { KeyReused } from './answer.ts';
export type { Call } from './call.ts';
export { perform } from './command.ts';
export { exportCsv } from './lists/csv.ts';
export { visibleSql } from './sight/store.ts';
export { sightsOf, viewByIds } from './lists/view.ts';
export { type Numbers, openNumbers } from './numbers.ts';
export { openTicket } from './open.ts';
export { refusalProblem } from './refusal.ts';
export { callOf } from './request.ts';
export { headingFor, type TicketView } from './show.ts';
export { ticketSchema } from './schemas.ts';
export {
  commentsOf,
  forgetAnswers,
  heldCount,
  heldIds,
  holderBefore,
  lockById,
  statesById,
} from './store.ts';
