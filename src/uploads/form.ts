import { Readable } from 'node:stream';

import { Busboy } from '@fastify/busboy';

import { arrived } from '../files/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { currentKeys, lay, vaultProblem } from '../vault/index.ts';
import type { Desk } from './desk.ts';
import { nameOf } from './names.ts';
import { noRoom, roomLeft, tooLarge } from './room.ts';
import type { Bringer } from './upload.ts';

/** What one form may hold, beside what one file may weigh. */
const FIELD = 1024 * 1024;
const FIELDS = 300;
const FILES = 200;

/** A form with files, read as it came. */
export interface FilledForm {
  readonly fields: { readonly [name: string]: readonly string[] };
  /** The control each came by, and the file it became. */
  readonly files: readonly { readonly name: string; readonly id: string }[];
  /** Why not everything was kept. */
  readonly refused: HttpProblem | null;
}

/** Who sends the form: without one, its files are heard and not kept. */
interface Sender {
  readonly organisationId: string;
  readonly by: Bringer;
}

const malformed = (): HttpProblem =>
  new HttpProblem(
    problem(400, 'malformed', 'Le formulaire n’a pas pu être lu. / The form could not be read.'),
  );

const tooMany = (): HttpProblem =>
  new HttpProblem(
    problem(
      413,
      'too_many_files',
      `${FILES} fichiers au plus à la fois. / At most ${FILES} files at a time.`,
    ),
  );

/** As much as there is room for, and not a byte more. */
async function* within(stream: AsyncIterable<Buffer>, largest: number, left: number): AsyncGenerator<Buffer> {
  let came = 0;
  for await (const bytes of stream) {
    came += bytes.length;
    if (came > largest) throw tooLarge(largest);
    if (came > left) throw noRoom();
    yield bytes;
  }
}

/** Seals a file on its way to the shelf, as its sender's. */
const keep = async (
  desk: Desk,
  { organisationId, by }: Sender,
  filename: string,
  stream: AsyncIterable<Buffer>,
): Promise<string> => {
  const { vault } = desk;
  const keys = await currentKeys(vault, organisationId);
  const left = await asOrganisation(vault.db, organisationId, (tx) =>
    roomLeft(tx, organisationId, desk, vault.clock.now()),
  );
  const laid = await lay(vault, keys, within(stream, desk.largest, left));
  const id = await arrived(vault, keys, laid, nameOf({ filename }), by);
  desk.arrived(organisationId);
  return id;
};

/** As a problem, so that the page says it beside what was typed. @throws what is none */
const refusal = (error: unknown): HttpProblem => {
  if (error instanceof HttpProblem) return error;
  const ours = vaultProblem(error);
  if (!ours) throw error;
  return new HttpProblem(ours);
};

/** One file of a form, as it comes. */
export interface ComingFile {
  readonly filename: string;
  /** What the browser takes it for. */
  readonly type: string;
  readonly stream: AsyncIterable<Buffer>;
  /** What stood before it in the form. */
  readonly fields: FilledForm['fields'];
}

/**
 * Reads a form with files (RFC 7578) from a page without JavaScript: what is typed is gathered, files are handed on as
 * they come, one after the other, and none is ever whole in memory or on the disk in clear.
 * @param kept takes a file and says what it became; once one was refused, those after it are heard and not kept
 * @throws HttpProblem 400 `malformed`
 */
export const readForm = async (
  request: Request,
  kept: (file: ComingFile) => Promise<string | null>,
): Promise<FilledForm> => {
  const fields: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  const files: { name: string; id: string }[] = [];
  let refused: HttpProblem | null = null;
  let keeping = Promise.resolve();
  const open = new Set<Readable>();
  if (!request.body) throw malformed();
  const contentType = request.headers.get('content-type') ?? '';
  const limits = { fieldSize: FIELD, fields: FIELDS, files: FILES, headerPairs: 50 };
  let parser: InstanceType<typeof Busboy>;
  try {
    parser = new Busboy({ headers: { 'content-type': contentType }, limits });
  } catch {
    throw malformed();
  }

  const take = async (
    name: string,
    stream: Readable,
    filename: string | undefined,
    type: string,
  ): Promise<void> => {
    try {
      // A control left empty is sent as a file without a name.
      if (refused || !filename) return;
      // What is refused is still read to its end: a parser whose file ends early waits for ever.
      const bytes = stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
      const id = await kept({ filename, type, stream: bytes, fields });
      if (id !== null) files.push({ name, id });
    } catch (error) {
      refused ??= refusal(error);
    } finally {
      open.delete(stream);
      stream.on('error', () => {}).resume();
    }
  };
  parser.on('field', (name, value) => void (fields[name] ??= []).push(value.replaceAll('\u0000', '')));
  parser.on('file', (name, stream, filename, _encoding, type) => {
    open.add(stream);
    keeping = keeping.then(() => take(name, stream, filename, type));
    // Heard below, whenever it fails.
    keeping.catch(() => {});
  });
  parser.on('filesLimit', () => (refused ??= tooMany()));
  await new Promise<void>((resolve, reject) => {
    const source = Readable.fromWeb(request.body as never);
    const broken = (): void => {
      for (const stream of open) stream.destroy(malformed());
      reject(malformed());
    };
    source.on('error', broken);
    parser.on('error', broken);
    parser.on('finish', resolve);
    source.pipe(parser);
  });
  await keeping;
  return { fields, files, refused };
};

/** Reads a form whose files are kept as its sender's, sealed on their way to the shelf. @throws HttpProblem 400 `malformed` */
export const readFilledForm = (desk: Desk, request: Request, sender: Sender | null): Promise<FilledForm> =>
  readForm(request, async ({ filename, stream }) => sender && keep(desk, sender, filename, stream));
