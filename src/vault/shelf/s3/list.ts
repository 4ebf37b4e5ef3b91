import { ShelfFailed } from '../errors.ts';
import { isName } from '../names.ts';
import { childrenOf, type Element, textOf } from '../xml.ts';
import { said, type Store } from './store.ts';

/** What lies whole in the bucket under our own prefix, in the order of names. */
export async function* listBucket(
  store: Store,
  ours: string,
  prefix: string,
  perPage = 1000,
): AsyncGenerator<{ name: string; size: number; modified: number }> {
  for await (const page of pages(store, {
    'list-type': '2',
    'max-keys': String(perPage),
    prefix: `${ours}${prefix}`,
  }))
    for (const entry of childrenOf(page, 'Contents')) {
      const name = textOf(entry, 'Key').slice(ours.length);
      const size = Number(textOf(entry, 'Size'));
      const modified = Date.parse(textOf(entry, 'LastModified'));
      if (!isName(name)) continue;
      if (!Number.isSafeInteger(size) || Number.isNaN(modified))
        throw new ShelfFailed('The store lists what cannot be.');
      yield { name, size, modified };
    }
}

async function* pages(store: Store, query: Readonly<Record<string, string>>): AsyncGenerator<Element> {
  for (let token = ''; ;) {
    const more: Readonly<Record<string, string>> = token === '' ? {} : { 'continuation-token': token };
    const answer = await store({ method: 'GET', query: { ...query, ...more }, expect: [200] });
    const page = said(answer);
    yield page;
    if (textOf(page, 'IsTruncated') !== 'true') return;
    const next = textOf(page, 'NextContinuationToken');
    if (next === '' || next === token) throw new ShelfFailed('The store lists without end.');
    token = next;
  }
}

const DAY = 86_400_000;

/** Uploads in parts that were begun and left by a process that was killed: no list shows them, and they cost room. */
export const sweepUploads = async (store: Store, ours: string, now: number): Promise<void> => {
  const answer = await store({ method: 'GET', query: { uploads: '', prefix: ours }, expect: [200] });
  for (const upload of childrenOf(said(answer), 'Upload')) {
    const name = textOf(upload, 'Key').slice(ours.length);
    if (!isName(name) || !(now - Date.parse(textOf(upload, 'Initiated')) > DAY)) continue;
    const query = { uploadId: textOf(upload, 'UploadId') };
    await store({ method: 'DELETE', name, query, expect: [204, 404] });
  }
};
