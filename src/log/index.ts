export { type Consumer, type Followers, startFollowers } from './followers.ts';
export { listen, type Listening } from './listen.ts';
export { allSetAside, eventsAfter, headOf, type OrderedEvent } from './store.ts';
export { startTailer, type Tailer } from './tailer.ts';
