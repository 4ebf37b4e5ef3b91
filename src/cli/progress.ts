import { SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';

export interface Progress {
  /** So much is done; `note` says what of. */
  reach(done: number, note: string): void;
  stop(): void;
}

/** A bar on a terminal that somebody looks at; elsewhere nothing. */
export const startProgress = (terminal: Terminal, total: number): Progress => {
  if (!terminal.watched || total === 0) return { reach: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: '{bar} {percentage} % · {note}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  bar.start(total, 0, { note: '' });
  return { reach: (done, note) => bar.update(Math.min(done, total), { note }), stop: () => bar.stop() };
};
