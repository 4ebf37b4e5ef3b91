export { type Consumer, type Followers, startFollowers } from './followers.ts';
export { listen, type Listening } from './listen.ts';
export { record } from './record.ts';
export {
  allSetAside,
  askAgain,
  type Deed,
  eventsAfter,
  headOf,
  ofTickets,
  type OrderedEvent,
} from './store.ts';
export { startTailer, type Tailer } from './tailer.ts';
