import { createContext } from 'svelte';

/** One change of a ticket, as the stream tells it. */
export interface Change {
  readonly seq: number;
  readonly app: string;
  readonly reference: string;
  readonly type: string;
  readonly step: string;
  readonly lateness: string;
  readonly version: number;
  readonly at: string;
}

type Connection = 'connecting' | 'live' | 'lost';
type Follower = (change: Change | 'caught up') => void;

/** A browser allows six connections to a host: a page nobody looks at gives its own back. */
const HIDDEN_FOR = 15_000;
const RETRY = [1000, 2000, 4000, 8000, 15_000];

/** The stream of an organisation: follows it, says whether it does, and catches up after a silence. */
export class Live {
  connection: Connection = $state('connecting');
  readonly #url: string;
  readonly #followers = new Set<Follower>();
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;

  /** Where the log was when the page was read, then when something was last heard of. */
  #seq: number;

  constructor(url: string, seq: number) {
    this.#url = url;
    this.#seq = seq;
  }

  /** Calls back on each change, and with `caught up` when some may have been missed. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** Starts following; the answer stops it. */
  start(): () => void {
    const onVisibility = () => {
      clearTimeout(this.#timer);
      if (document.visibilityState === 'hidden') this.#timer = setTimeout(() => this.#close(), HIDDEN_FOR);
      else if (!this.#source) this.#open();
    };
    const onOnline = () => {
      clearTimeout(this.#timer);
      this.#close();
      this.#open();
    };
    const onOffline = () => (this.connection = 'lost');
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('online', onOnline);
    window.addEventListener('offline', onOffline);
    this.#open();
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', onOnline);
      window.removeEventListener('offline', onOffline);
      clearTimeout(this.#timer);
      this.#close();
    };
  }

  #close(): void {
    this.#source?.close();
    this.#source = null;
  }

  #tell(change: Change | 'caught up'): void {
    for (const follower of this.#followers) follower(change);
  }

  #open(): void {
    const source = new EventSource(`${this.#url}?after=${this.#seq}`);
    this.#source = source;
    source.addEventListener('open', () => {
      this.connection = 'live';
      this.#failures = 0;
    });
    source.addEventListener('ticket', ({ data }) => {
      const change = JSON.parse(data) as Change;
      this.#seq = change.seq;
      this.#tell(change);
    });
    source.addEventListener('reset', ({ data }) => {
      this.#seq = (JSON.parse(data) as { seq: number }).seq;
      this.#tell('caught up');
    });
    source.addEventListener('error', () => {
      if (this.#source !== source) return;
      // One missed breath is not worth a word; two are.
      this.#failures += 1;
      if (this.#failures > 1 || !navigator.onLine) this.connection = 'lost';
      this.#close();
      clearTimeout(this.#timer);
      this.#timer = setTimeout(
        () => this.#open(),
        RETRY[Math.min(this.#failures, RETRY.length) - 1] ?? 15_000,
      );
    });
  }
}

export const [getLive, setLive] = createContext<Live>();

/** Runs at once, then not again before the pause is over; what came meanwhile makes one run. */
export const paced = (run: () => unknown, pause: number): (() => void) => {
  let waiting = false;
  let resting = false;
  const go = async () => {
    resting = true;
    waiting = false;
    const started = Date.now();
    try {
      await run();
    } finally {
      setTimeout(
        () => {
          resting = false;
          if (waiting) void go();
        },
        Math.max(0, pause - (Date.now() - started)),
      );
    }
  };
  return () => {
    if (resting) waiting = true;
    else void go();
  };
};
