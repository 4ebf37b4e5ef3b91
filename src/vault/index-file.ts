import { newSealer } from './age/index.ts';
import type { Keys } from './keys.ts';
import type { Vault } from './vault.ts';

const INDEX = /\/index-[0-9]{14}\.age$/u;

/** `20260302090000`: a name that is later sorts behind. */
const stamp = (at: number): string => new Date(at).toISOString().replaceAll(/\D/gu, '').slice(0, 14);

async function* sealed(lines: AsyncIterable<string>, keys: Keys): AsyncGenerator<Uint8Array> {
  const sealer = await newSealer(keys.recipients);
  yield sealer.head;
  for await (const line of lines) yield* sealer.push(Buffer.from(`${line}\n`));
  yield sealer.end();
}

/**
 * Lays beside the blobs of an organisation what they are called, sealed to the same keys: whoever has its recovery key
 * finds names and folders without a database. The new index lies there before the former goes, so that there is always one.
 * @param lines one JSON object a blob
 */
export const layIndex = async (vault: Vault, keys: Keys, lines: AsyncIterable<string>): Promise<void> => {
  const { shelf, clock } = vault;
  const prefix = `${keys.organisationId}/index-`;
  const former: string[] = [];
  for await (const { name } of shelf.list(prefix)) if (INDEX.test(name)) former.push(name);
  let at = clock.now();
  let name = `${prefix}${stamp(at)}.age`;
  // Later than the one that is there, also when two are laid within a second or the clock went back.
  for (const last = former.at(-1) ?? ''; name <= last; name = `${prefix}${stamp(at)}.age`)
    at = Math.max(at, instantOf(last)) + 1000;
  await shelf.put(name, sealed(lines, keys));
  for (const one of former) await shelf.remove(one);
};

const instantOf = (name: string): number => {
  const [, y, m, d, h, i, s] = /index-(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.age$/u.exec(name) ?? [];
  const at = Date.parse(`${y}-${m}-${d}T${h}:${i}:${s}Z`);
  return Number.isNaN(at) ? 0 : at;
};
