import { appOf, type House } from '../organisations/index.ts';
import { accepts } from '../engine/index.ts';
import { dropOf, makeDrop } from '../drops/index.ts';
import type { Caller, Frame } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import type { Call } from '../tickets/index.ts';
import type { Vault } from '../vault/index.ts';
import { currentEscrow, currentKeys, insertSealedDrop, sealedDropOf } from './store.ts';

const refuse = (status: number, code: string, fr: string, en: string): HttpProblem =>
  new HttpProblem(problem(status, code, `${fr} / ${en}`));

/** What a maker of a sealed drop asks for. */
export interface AskedSealed {
  readonly field: string;
  readonly title: string;
  readonly note: string | null;
  readonly expiresAt: Date;
  /** Keys of those who are to open what comes. */
  readonly keys: readonly string[];
  /** The escrow that the maker saw; `null`: there is none. */
  readonly escrow: string | null;
}

/** The most that one link brings, in bytes and in files. */
const BYTES = 10e9;
const FILES = 50;

/** The keys that are to open what comes, all still in use. @throws HttpProblem 409 `key_changed` */
const checkKeys = async (tx: Tx, house: House, { keys, escrow }: AskedSealed): Promise<void> => {
  const current = new Set((await currentKeys(tx, house.id)).map(({ id }) => id));
  const now = await currentEscrow(tx, house.id);
  if (!keys.every((id) => current.has(id)) || (now?.id ?? null) !== escrow)
    throw refuse(
      409,
      'key_changed',
      'Une clé vient de changer : rechargez la page et comparez à nouveau.',
      'A key has just changed: reload the page and compare again.',
    );
};

/**
 * A link to bring files that only these people open: a drop that takes nothing else.
 * @returns its secret, given here and never again
 * @throws Refused, HttpProblem as `makeDrop`; 409 `key_changed`; 422 `not_accepted` where the field takes no sealed files
 */
export const makeSealedDrop = async (
  vault: Vault,
  call: Call,
  which: { readonly app: string; readonly reference: string },
  asked: AskedSealed,
): Promise<{ readonly id: string; readonly secret: string }> => {
  const { house } = call;
  await asOrganisation(call.db, house.id, (tx) => checkKeys(tx, house, asked));
  const { fields } = appOf(house, which.app).definition;
  const field = Object.hasOwn(fields, asked.field) ? fields[asked.field] : undefined;
  if (field?.is === 'files' && !accepts(field, 'application/age'))
    throw refuse(
      422,
      'not_accepted',
      'Ce champ ne prend que certains types de fichiers : rien de scellé n’y entre.',
      'This field takes certain types of files only: nothing sealed goes there.',
    );
  const made = await makeDrop(vault, call, which, {
    field: asked.field,
    title: asked.title,
    note: asked.note,
    expiresAt: asked.expiresAt,
    names: true,
    messages: false,
    files: FILES,
    bytes: BYTES,
  });
  await asOrganisation(call.db, house.id, (tx) =>
    insertSealedDrop(tx, house.id, made.id, asked.keys, asked.escrow),
  );
  return made;
};

/**
 * To whom a bringer is to seal. A link whose keys are no longer all in use is over: what it would bring might open to
 * whoever took a key.
 * @throws HttpProblem 401, as for a link that never was; 410 `key_changed`
 */
export const sealedDropFor = async (frame: Frame, caller: Caller) => {
  const { drop } = await dropOf(frame, caller);
  const { house } = caller;
  const found = await asOrganisation(frame.db, house.id, (tx) => sealedDropOf(tx, house.id, drop.id));
  if (!found) throw new HttpProblem(problem(404, 'not_found'));
  if (found.people.length !== found.keys || found.people.some(({ retired }) => retired))
    throw refuse(
      410,
      'key_changed',
      'Une clé de ceux à qui ce lien envoie a changé : demandez-en un autre.',
      'A key of those to whom this link sends has changed: ask for another.',
    );
  return {
    people: found.people.map(({ name, recipient }) => ({ name, recipient })),
    escrow: found.escrow,
  };
};
