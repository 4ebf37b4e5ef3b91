import { nothingThere, ShelfFailed } from '../errors.ts';
import { type Answer, pause, type Store } from './store.ts';

const TRIES = 5;

/** Bytes [from, to) of an object, or as far as it goes. A line that breaks is taken up where it broke. */
export async function* readRange(
  store: Store,
  name: string,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  let at = from;
  let end = to;
  for (let tries = 0; at < end;) {
    const range = `bytes=${at}-${end - 1}`;
    const answer = await store({
      method: 'GET',
      name,
      headers: { range },
      expect: [200, 206, 404, 416],
      stream: true,
    });
    if (answer.status === 404) throw nothingThere();
    if (answer.status === 416) return;
    const size = sizeIn(answer, at);
    if (size === undefined) {
      answer.leave();
      throw new ShelfFailed('The store answers what it was not asked.');
    }
    end = Math.min(end, size);
    try {
      for await (const chunk of answer.chunks()) {
        const wanted = chunk.subarray(0, end - at);
        at += wanted.byteLength;
        tries = 0;
        yield wanted;
        if (at >= end) return;
      }
    } catch (error) {
      if (tries >= TRIES) throw new ShelfFailed('The store breaks off.', { cause: error });
    }
    if (at >= end) return;
    tries += 1;
    if (tries > TRIES) throw new ShelfFailed('The store says less than it has.');
    await pause(tries);
  }
}

/** How long the object is, by an answer that begins where we asked. */
const sizeIn = ({ status, headers }: Answer, at: number): number | undefined => {
  const whole = { start: '0', size: headers['content-length'] };
  const part = /^bytes (?<start>\d+)-\d+\/(?<size>\d+)$/u.exec(headers['content-range'] ?? '')?.groups;
  const { start, size } = status === 200 ? whole : (part ?? {});
  return Number(start) === at && size !== undefined ? Number(size) : undefined;
};
