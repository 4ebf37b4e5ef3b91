/** Messages between the server and a child: two lengths (four bytes, eight bytes), JSON, then bytes as they are. */

const LENGTHS = 12;

export interface Frame<T> {
  readonly message: T;
  readonly bytes: Buffer;
}

/** What stands before the bytes of a frame; they are written after it, without being copied together. */
export const frameHead = (message: object, parts: readonly Uint8Array[]): Buffer => {
  const json = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(LENGTHS + json.length);
  head.writeUInt32BE(json.length, 0);
  head.writeBigUInt64BE(BigInt(parts.reduce((sum, part) => sum + part.length, 0)), 4);
  json.copy(head, LENGTHS);
  return head;
};

/** Reads one frame; `fill` fills a buffer to its end, or answers false when nothing more will come. */
export const readFrame = <T>(fill: (into: Buffer) => boolean): Frame<T> | undefined => {
  const lengths = Buffer.alloc(LENGTHS);
  if (!fill(lengths)) return undefined;
  const json = Buffer.alloc(lengths.readUInt32BE(0));
  const bytes = Buffer.allocUnsafe(Number(lengths.readBigUInt64BE(4)));
  if (!fill(json) || !fill(bytes)) return undefined;
  return { message: JSON.parse(json.toString()) as T, bytes };
};

/** Puts a frame together from what arrives by and by; throws when it would be longer than `most` bytes. */
export const frameOf = <T>(most: number): ((chunk: Buffer) => Frame<T> | undefined) => {
  const chunks: Buffer[] = [];
  let length = 0;
  let wanted = LENGTHS;
  return (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    while (length >= wanted) {
      const all = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      chunks.splice(0, chunks.length, all);
      const json = all.readUInt32BE(0);
      const total = LENGTHS + json + Number(all.readBigUInt64BE(4));
      if (total > most) throw new RangeError('A child answers more than it may.');
      if (length >= total)
        return {
          message: JSON.parse(all.toString('utf8', LENGTHS, LENGTHS + json)) as T,
          bytes: all.subarray(LENGTHS + json, total),
        };
      wanted = total;
    }
    return undefined;
  };
};
