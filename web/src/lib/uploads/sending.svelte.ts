import { DetailedError, Upload } from 'tus-js-client';
import type { Problem } from '../api/types.ts';
import type { Chosen } from './dropped.ts';
import { type Earlier, earlierAt, fingerprintOf, forget, type Line, ownLine, takeBack } from './earlier.ts';

export type ItemState = 'queued' | 'sending' | 'paused' | 'waiting' | 'done' | 'failed';

/** So many at a time: a browser has six lines to a server, and the page needs some. */
const AT_ONCE = 3;
const DELAYS = [0, 1000, 3000, 5000, 10_000];
/** Milliseconds after which a line that was lost is tried again, even if nobody says that it is back. */
const PATIENCE = 15_000;
/** Milliseconds in which what was removed can be had back. */
export const UNDO = 8000;

/** One file on its way. */
export class Item {
  readonly key: number;
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly file: File | null;
  sent: number = $state(0);
  state: ItemState = $state('queued');
  /** The id by which a ticket takes it. */
  id: string | null = $state(null);
  /** Why it was not taken. */
  problem: string | null = $state(null);
  upload: Upload | null = null;
  url: string | null = null;
  stored: string | null = null;

  constructor(key: number, of: { name: string; path: string; size: number; file: File | null }) {
    this.key = key;
    this.name = of.name;
    this.path = of.path;
    this.size = of.size;
    this.file = of.file;
  }
}

const refused = (error: DetailedError): Problem | null => {
  try {
    return JSON.parse(error.originalResponse?.getBody() ?? '') as Problem;
  } catch {
    return null;
  }
};

/** What may be better in a while: no line, a server that restarts, another line that has it. */
const mayPass = (status: number): boolean =>
  status === 0 || status === 409 || status === 423 || status === 429 || (status >= 500 && status !== 507);

const statusOf = (error: Error): number =>
  error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : -1;

/** The files of one control: sent a few at a time, paused, gone on with, and what they became. */
export class Sending {
  items: readonly Item[] = $state.raw([]);
  /** Sent before, cut, and to be chosen again. */
  again: readonly Earlier[] = $state.raw([]);
  #next = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #endpoint: string;
  readonly #place: string;
  readonly #line: Line;

  /** @param place where in this browser: what was sent from there is found again after a reload */
  constructor(endpoint: string, place: string, line: Line = ownLine) {
    this.#endpoint = endpoint;
    this.#place = place;
    this.#line = line;
  }

  get ids(): readonly string[] {
    return this.items.flatMap(({ id }) => (id === null ? [] : [id]));
  }
  get total(): number {
    return this.items.reduce((sum, { size }) => sum + size, 0);
  }
  get sent(): number {
    return this.items.reduce((sum, { sent, size, state }) => sum + (state === 'done' ? size : sent), 0);
  }
  /** All that was chosen here has come; what came before the page was drawn anew waits for a gesture. */
  get isComplete(): boolean {
    return (
      this.again.length === 0 &&
      this.items.some(({ file }) => file !== null) &&
      this.items.every(({ state }) => state === 'done')
    );
  }
  /** Something still has to come, by itself or once it is gone on with. */
  get isUnderWay(): boolean {
    return this.items.some(({ state }) => !['done', 'failed'].includes(state));
  }
  get isMoving(): boolean {
    return this.items.some(({ state }) => ['queued', 'sending', 'waiting'].includes(state));
  }
  get isLost(): boolean {
    return this.items.some(({ state }) => state === 'waiting');
  }

  /** Listens for the network; the answer stops it, and everything with it. */
  start(): () => void {
    const onOnline = () => this.#again();
    const onOffline = () => this.#lost();
    window.addEventListener('online', onOnline);
    window.addEventListener('offline', onOffline);
    void this.#remember();
    return () => {
      window.removeEventListener('online', onOnline);
      window.removeEventListener('offline', onOffline);
      clearTimeout(this.#timer);
      for (const { upload } of this.items) void upload?.abort();
    };
  }

  /** Takes what was chosen. @returns how many were there already */
  add(files: readonly Chosen[]): number {
    const known = new Set(this.items.map(({ path, name, size }) => `${path || name} ${size}`));
    const fresh = files.filter(({ file, path }) => !known.has(`${path || file.name} ${file.size}`));
    this.items = [
      ...this.items,
      ...fresh.map(
        ({ file, path }) => new Item(this.#next++, { name: file.name, path, size: file.size, file }),
      ),
    ];
    this.again = this.again.filter(
      ({ name, size }) => !fresh.some(({ file }) => file.name === name && file.size === size),
    );
    this.#pump();
    return files.length - fresh.length;
  }

  pause(item: Item): void {
    if (item.state === 'done' || item.state === 'failed') return;
    item.state = 'paused';
    void item.upload?.abort();
    this.#pump();
  }
  pauseAll(): void {
    for (const item of this.items) if (item.state === 'queued') item.state = 'paused';
    for (const item of this.items) this.pause(item);
  }
  resume(item: Item): void {
    item.problem = null;
    item.state = 'queued';
    this.#pump();
  }
  resumeAll(): void {
    for (const item of this.items) if (item.state === 'paused') item.state = 'queued';
    this.#pump();
  }

  /** Takes them out. The answer brings them back, for as long as `UNDO`; then what came of them goes. */
  remove(items: readonly Item[]): () => void {
    const places = this.items;
    for (const item of items) this.pause(item);
    this.items = this.items.filter((item) => !items.includes(item));
    this.#pump();
    const gone = setTimeout(() => {
      for (const { url, stored, upload } of items) {
        const address = upload?.url ?? url;
        if (address) void takeBack(address, this.#line);
        if (stored) void forget(stored);
      }
    }, UNDO + 1000);
    return () => {
      clearTimeout(gone);
      this.items = places.filter((item) => this.items.includes(item) || items.includes(item));
      for (const item of items) if (item.state === 'paused') this.resume(item);
    };
  }

  /** What was sent has been used: it is no longer thought of here. */
  used(): void {
    for (const { stored } of this.items) if (stored) void forget(stored);
    this.items = [];
  }

  /** Resolves once nothing moves any more. @returns whether all of it has come */
  async settled(): Promise<boolean> {
    this.resumeAll();
    while (this.isMoving) await new Promise((resolve) => setTimeout(resolve, 100));
    return this.items.every(({ state }) => state === 'done');
  }

  forgetAgain(): void {
    for (const { key, url } of this.again) {
      void forget(key);
      void takeBack(url, this.#line);
    }
    this.again = [];
  }

  /** What had come before the page was drawn anew is there again; what had not is to be chosen again. */
  async #remember(): Promise<void> {
    for (const one of await earlierAt(this.#place)) {
      const become = await this.#line.ask(one);
      if (become === null) await forget(one.key);
      else if (become !== 'away' && become.file !== null) {
        const path = become.folder === '' ? '' : `${become.folder}/${become.name}`;
        const item = new Item(this.#next++, { name: become.name, path, size: one.size, file: null });
        Object.assign(item, {
          state: 'done',
          sent: one.size,
          id: become.file,
          url: one.url,
          stored: one.key,
        });
        this.items = [...this.items, item];
      } else if (!this.items.some(({ name, size }) => name === one.name && size === one.size))
        this.again = [...this.again, one];
    }
  }

  /** A line that is gone says nothing for minutes: nobody waits for it. */
  #lost(): void {
    for (const item of this.items) {
      if (item.state !== 'sending') continue;
      item.state = 'waiting';
      void item.upload?.abort();
    }
  }

  #again(): void {
    clearTimeout(this.#timer);
    for (const item of this.items) if (item.state === 'waiting') item.state = 'queued';
    this.#pump();
  }

  #pump(): void {
    let moving = this.items.filter(({ state }) => state === 'sending').length;
    for (const item of this.items) {
      if (moving >= AT_ONCE) return;
      if (item.state !== 'queued') continue;
      moving += 1;
      item.state = 'sending';
      void this.#send(item);
    }
  }

  async #send(item: Item): Promise<void> {
    const { file } = item;
    if (!file) return;
    if (!item.upload) {
      const upload = new Upload(file, {
        endpoint: this.#endpoint,
        retryDelays: DELAYS,
        headers: this.#line.headers,
        metadata: {
          filename: file.name,
          ...(item.path && { relativePath: item.path }),
          ...(file.type && { filetype: file.type }),
        },
        fingerprint: () => Promise.resolve(fingerprintOf(this.#place, file, item.path)),
        onUploadUrlAvailable: () => void this.#stored(item),
        onShouldRetry: (error) => mayPass(statusOf(error)) && navigator.onLine,
        onProgress: (sent) => (item.sent = sent),
        onSuccess: ({ lastResponse }) => {
          item.id = lastResponse.getHeader('Vigie-File') ?? null;
          item.sent = item.size;
          item.state = item.id === null ? 'failed' : 'done';
          this.#pump();
        },
        onError: (error) => this.#failed(item, error),
      });
      item.upload = upload;
      const [before] = await upload.findPreviousUploads();
      if (before) upload.resumeFromPreviousUpload(before);
    }
    if (item.state === 'sending') item.upload.start();
  }

  async #stored(item: Item): Promise<void> {
    const [known] = (await item.upload?.findPreviousUploads()) ?? [];
    item.stored = known?.urlStorageKey ?? null;
    item.url = item.upload?.url ?? null;
  }

  #failed(item: Item, error: Error): void {
    if (item.state !== 'sending') return;
    const status = statusOf(error);
    if (mayPass(status)) {
      item.state = 'waiting';
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#again(), PATIENCE);
    } else {
      item.state = 'failed';
      const problem = error instanceof DetailedError ? refused(error) : null;
      item.problem = problem?.detail ?? problem?.title ?? (status === -1 ? 'unreadable' : 'failed');
    }
    this.#pump();
  }
}
