export {
  assignTicket,
  changeTicket,
  commentTicket,
  editTicket,
  lookUpTicket,
  moveTicket,
  seen,
  seenByReference,
} from './acts.ts';
export { KeyReused } from './answer.ts';
export type { Call } from './call.ts';
export { perform } from './command.ts';
export { exportCsv, safeCell } from './lists/csv.ts';
export { visibleSql } from './sight/store.ts';
export { sightsOf, viewByIds, viewTicket } from './lists/view.ts';
export { viewHistory } from './history.ts';
export { openTicket } from './open.ts';
export { refusalProblem } from './refusal.ts';
export { callOf, typingAt, valuesOf } from './request.ts';
export { headingFor, type TicketView } from './show.ts';
export { moveBody, ticketSchema } from './schemas.ts';
export {
  commentsOf,
  forgetAnswers,
  heldCount,
  heldIds,
  holderBefore,
  lockById,
  statesById,
} from './store.ts';
