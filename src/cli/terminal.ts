import { once } from 'node:events';

/** Where a command reads its settings and writes what it has to say. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly locale: 'fr' | 'en';
  /** What the command answers, and nothing else: programs read it. */
  out(text: string): void;
  /** Resolves when there is room for more of it: a slow reader holds back a long answer. */
  drained(): Promise<void>;
  /** What it says beside, to whoever looks. */
  err(text: string): void;
  /** Is somebody looking? */
  readonly watched: boolean;
}

/** One text in two languages, chosen for whoever reads. */
export type Say = (fr: string, en: string) => string;

export const sayIn =
  (locale: 'fr' | 'en'): Say =>
  (fr, en) =>
    locale === 'fr' ? fr : en;

/** French where the environment says so (LC_ALL, LC_MESSAGES, LANG, the first that is set); English otherwise. */
export const localeOfEnvironment = (environment: Terminal['environment']): 'fr' | 'en' => {
  const set = ['LC_ALL', 'LC_MESSAGES', 'LANG']
    .map((name) => environment[name])
    .find((value) => value !== undefined && value !== '');
  return set?.toLowerCase().startsWith('fr') ? 'fr' : 'en';
};

/** The terminal of this process. */
export const processTerminal = (): Terminal => ({
  environment: process.env,
  locale: localeOfEnvironment(process.env),
  out: (text) => void process.stdout.write(text),
  drained: async () => {
    if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
  },
  err: (text) => void process.stderr.write(text),
  watched: process.stderr.isTTY,
});

/** What ends a command: 1, it was refused or found something wrong; 2, it was written wrongly. */
export class Failure extends Error {
  override name = 'Failure';
  readonly exit: 1 | 2;
  readonly code: string;
  constructor(exit: 1 | 2, code: string, message: string) {
    super(message);
    this.exit = exit;
    this.code = code;
  }
}
