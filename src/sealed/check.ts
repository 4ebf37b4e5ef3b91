import type { DoorContext } from '../people/index.ts';
import { examine, type Findings } from '../guard/index.ts';
import { BEGINNING, typeOf } from '../inspection/index.ts';
import { scan, type Verdict } from '../platform/clamd.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';

/** Bytes of the largest content that is checked: it is held in memory, and nowhere else. */
export const LARGEST = 64 * 1024 * 1024;
/** How many are checked at once, so that memory has an end. */
const AT_ONCE = 2;

const refuse = (
  status: number,
  code: string,
  detail: string,
  headers?: Record<string, string>,
): HttpProblem => new HttpProblem(problem(status, code, detail), headers);

const tooLarge = (): HttpProblem =>
  refuse(
    413,
    'too_large',
    'Au-delà de 64 Mio, un fichier ne se vérifie pas ici. / Beyond 64 MiB a file is not checked here.',
  );

/** A body in memory. @throws HttpProblem 413 `too_large` */
const gather = async (c: DoorContext): Promise<Buffer> => {
  if (Number(c.req.header('content-length') ?? 0) > LARGEST) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > LARGEST) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts, size);
};

export interface Checked {
  readonly size: number;
  readonly type: string;
  readonly antivirus: Verdict;
  readonly guard: Findings;
}

/**
 * What looks at a content that its recipient opened and hands over to be looked at; nothing of it is kept.
 * @throws HttpProblem 413 `too_large`; 503 `busy` while others are checked
 */
export const checker = (clamd: string | undefined): ((c: DoorContext) => Promise<Checked>) => {
  let busy = 0;
  return async (c) => {
    if (busy >= AT_ONCE)
      throw refuse(
        503,
        'busy',
        'D’autres fichiers sont en cours de vérification : réessayez dans un instant. / Other files are being checked: try again in a moment.',
        { 'retry-after': '5' },
      );
    busy += 1;
    try {
      const bytes = await gather(c);
      const type = await typeOf(bytes.subarray(0, BEGINNING));
      const whole = async function* () {
        yield bytes;
      };
      // The guard takes a copy of its own over to its thread.
      const [antivirus, guard] = await Promise.all([scan(whole(), { clamd }), examine(bytes, type)]);
      return { size: bytes.length, type, antivirus, guard };
    } finally {
      busy -= 1;
    }
  };
};
