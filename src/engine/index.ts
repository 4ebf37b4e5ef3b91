/** The engine's face to the capabilities. Apps see only `define.ts`. */
export {
  type Actor,
  type ActorRef,
  actorRef,
  actsUnseen,
  type Grant,
  importer,
  system,
  type Within,
} from './actor.ts';
export {
  editableFields,
  may,
  mayEdit,
  maySee,
  mayOpen,
  movesNow,
  movesOf,
  type Reading,
  readingInGeneral,
  readingOf,
  type Sight,
  sightOf,
} from './access.ts';
export { isOpen, type OpenTime } from './calendar.ts';
export { standingOf } from './commands/context.ts';
export { UNDO } from './commands/undo.ts';
export { checkDefinition, errorLines } from './check.ts';
export { type Command, type Context, decide, type Decision } from './decide.ts';
export type { Demo } from './demo.ts';
export type {
  AnyPredicate,
  AppDefinition,
  Classification,
  Field,
  FieldType,
  Move,
  Predicate,
  Sidecars,
  Text,
} from './define.ts';
export { replay } from './evolve.ts';
export { choiceLabels } from './fields/choice.ts';
export { accepts } from './fields/files.ts';
export { fieldKinds } from './fields/index.ts';
export type { Typing } from './fields/kind.ts';
export { lineTotal, totals } from './fields/lines.ts';
export { assess, type Why } from './lateness.ts';
export { alternatives, readTest, type Test } from './predicate.ts';
export { sayProblem, sayRefusal } from './messages.ts';
export { type Problem, Refused, type Refusal, type RefusalCode } from './problem.ts';
export type { Lateness, Standing, TicketEvent, TicketEventType, TicketState } from './state.ts';
export { asText, type Fields, type FileRef, type Json, type Line, type Place } from './values.ts';
