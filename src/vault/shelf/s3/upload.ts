import { randomUUID } from 'node:crypto';
import { NameUsed, ShelfFailed } from '../errors.ts';
import { escaped, textOf } from '../xml.ts';
import { partsOf } from './parts.ts';
import { type Answer, type Ask, type Body, bodyOf, pause, refusal, said, type Store } from './store.ts';

export const PART = 16 * 1024 * 1024;
export const MOST_PARTS = 10_000;
const TRIES = 5;
/** By which a writer knows what it wrote itself, when the answer to it was lost on the way. */
const MINE = 'x-amz-meta-written';

/** Writes streams into a bucket, under names that nothing has yet. */
export const openWriter = (store: Store) => {
  /** Not every store knows how to refuse what is there already; one that says so is looked at beforehand alone. */
  let conditional = true;

  const find = async (name: string): Promise<Answer | null> => {
    const found = await store({ method: 'HEAD', name, expect: [200, 404] });
    return found.status === 200 ? found : null;
  };

  /** Gives something its name, once. True when it has it by us; false when the store asks to be asked again. */
  const give = async (
    ask: Ask & { readonly name: string },
    mine: string,
  ): Promise<Answer | 'given' | 'again'> => {
    const answer = await store({
      ...ask,
      headers: { ...ask.headers, ...(conditional && { 'if-none-match': '*' }) },
      expect: [...ask.expect, 404, 409, 412, ...(conditional ? [501] : [])],
    });
    if (ask.expect.includes(answer.status)) return answer;
    if (answer.status === 501) {
      conditional = false;
      return 'again';
    }
    // Also what a second try hears when the answer to the first was lost.
    const there = await find(ask.name);
    if (there?.headers[MINE] === mine) return 'given';
    if (there) throw new NameUsed();
    if (answer.status === 409) return 'again';
    throw refusal(answer);
  };

  const whole = async (name: string, body: Body, mine: string): Promise<void> => {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const headers = { 'content-type': 'application/octet-stream', [MINE]: mine };
      const answer = await give({ method: 'PUT', name, headers, body, expect: [200, 201] }, mine);
      if (answer !== 'again') return;
      await pause(tries);
    }
    throw new ShelfFailed('The store cannot make up its mind.');
  };

  const complete = async (
    name: string,
    uploadId: string,
    etags: readonly string[],
    mine: string,
  ): Promise<void> => {
    const parts = etags.map(
      (etag, n) => `<Part><PartNumber>${n + 1}</PartNumber><ETag>${escaped(etag)}</ETag></Part>`,
    );
    const body = bodyOf(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const answer = await give({ method: 'POST', name, query: { uploadId }, body, expect: [200] }, mine);
      if (answer === 'given') return;
      if (answer !== 'again') {
        // The store may say 200 before it knows, and then that it failed.
        const result = said(answer);
        if (result.name === 'CompleteMultipartUploadResult') return;
        if (!['InternalError', 'SlowDown'].includes(textOf(result, 'Code'))) throw refusal(answer);
      }
      await pause(tries);
    }
    throw new ShelfFailed('The store does not finish what it was sent.');
  };

  const inParts = async (
    name: string,
    first: Body,
    rest: AsyncIterator<Body>,
    length: number,
    mine: string,
  ): Promise<number> => {
    const headers = { 'content-type': 'application/octet-stream', [MINE]: mine };
    const begun = await store({ method: 'POST', name, query: { uploads: '' }, headers, expect: [200] });
    const uploadId = textOf(said(begun), 'UploadId');
    if (uploadId === '') throw new ShelfFailed('The store does not say what it began.');
    try {
      const etags: string[] = [];
      let size = 0;
      for (let part: Body | undefined = first; part && part.bytes.length > 0;) {
        if (etags.length === MOST_PARTS) throw new ShelfFailed('That is more than the store takes at once.');
        const query = { partNumber: String(etags.length + 1), uploadId };
        const sent = await store({ method: 'PUT', name, query, body: part, expect: [200] });
        etags.push(sent.headers.etag ?? '');
        size += part.bytes.length;
        if (part.bytes.length < length) break;
        const next: IteratorResult<Body> = await rest.next();
        part = next.done === true ? undefined : next.value;
      }
      await complete(name, uploadId, etags, mine);
      const stored = Number((await find(name))?.headers['content-length']);
      if (stored !== size) throw new ShelfFailed('The store does not hold what it was sent.');
      return size;
    } catch (error) {
      await store({ method: 'DELETE', name, query: { uploadId }, expect: [204, 404] }).catch(() => undefined);
      throw error;
    }
  };

  /** Says how many bytes it took. `length` is that of a part, of which the store takes 10,000. */
  const write = async (name: string, bytes: AsyncIterable<Uint8Array>, length = PART): Promise<number> => {
    if (await find(name)) throw new NameUsed();
    const mine = randomUUID();
    const parts = partsOf(bytes, length);
    try {
      const first = await parts.next();
      if (first.done === true) throw new ShelfFailed('There is nothing to write.');
      if (first.value.bytes.length === length) return await inParts(name, first.value, parts, length, mine);
      await whole(name, first.value, mine);
      return first.value.bytes.length;
    } finally {
      await parts.return(undefined);
    }
  };

  return { write, find };
};
