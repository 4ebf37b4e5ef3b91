import { unpack, type Look } from './findings.ts';
import { inflate } from './inflate.ts';
import { lookAtOpenDocument, lookAtOffice } from './office.ts';
import { contentOf, entriesOf } from './zip.ts';

/** A zip: an office document, which is one, or files, each looked at as if it had come alone. */
export const lookAtZip = async (bytes: Uint8Array, look: Look): Promise<void> => {
  const entries = entriesOf(bytes, look);
  if (entries.some(({ name }) => name === '[Content_Types].xml')) return lookAtOffice(entries, look);
  if (entries.some(({ name }) => name === 'content.xml') && entries.some(({ name }) => name === 'mimetype'))
    return lookAtOpenDocument(entries, look);
  let number = 0;
  for (const entry of entries) {
    if (entry.name.endsWith('/')) continue;
    number += 1;
    const content = contentOf(entry, look);
    if (content && content.length > 0) await unpack(look, `file ${number}`, content);
  }
};

export const lookAtGzip = async (bytes: Uint8Array, look: Look): Promise<void> => {
  const { bytes: content, state } = inflate(bytes, Math.max(0, look.left.bytes), 'gzip');
  look.left.bytes -= content.length;
  if (state === 'too_large') look.miss('too_large');
  if (state === 'damaged') look.miss('unreadable');
  if (content.length > 0) await unpack(look, 'file 1', content);
};

const BLOCK = 512;

/** A tar (POSIX ustar): blocks of 512 bytes, a header before each file. */
export const lookAtTar = async (bytes: Uint8Array, look: Look): Promise<void> => {
  let number = 0;
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = Buffer.from(bytes.subarray(at, at + BLOCK)).toString('latin1');
    const size = Number.parseInt(header.slice(124, 136), 8);
    if (header.charCodeAt(0) === 0 || !Number.isSafeInteger(size) || size < 0) break;
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (size === 0 || !/^[0\0]$/.test(header.charAt(156))) continue;
    number += 1;
    look.left.entries -= 1;
    if (look.left.entries < 0) {
      look.miss('too_large');
      return;
    }
    await unpack(look, `file ${number}`, content);
  }
};
