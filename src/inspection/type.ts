import { fileTypeFromBuffer } from 'file-type';

import { stanzasOf } from '../platform/age-file.ts';

/** Bytes at the beginning by which a type is told. */
export const BEGINNING = 64 * 1024;

const decoded = (bytes: Buffer): string | null => {
  try {
    // What is cut may end in the middle of a letter.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
};

/** What text is, by how it begins; SVG and HTML are told from what is only read, for browsers would run them. */
const typeOfText = (text: string): string => {
  const start = text
    .replace(/^\uFEFF?\s*/u, '')
    .slice(0, 2000)
    .toLowerCase();
  if (/^<(?:!doctype html|html|head|body|script|iframe)/u.test(start)) return 'text/html';
  if (/<svg[\s>]/u.test(start)) return 'image/svg+xml';
  if (start.includes('http://ns.adobe.com/xap') || start.startsWith('<x:xmpmeta'))
    return 'application/rdf+xml';
  if (start.startsWith('<?xml') || /^<[a-z][\w:-]*[\s>]/u.test(start)) return 'application/xml';
  if (/^[[{]/u.test(start)) return 'application/json';
  return 'text/plain';
};

/** The media type of a file by its content alone: its name says nothing. */
export const typeOf = async (beginning: Buffer): Promise<string> => {
  if (beginning.length === 0) return 'application/x-empty';
  if (stanzasOf(beginning)) return 'application/age';
  const known = await fileTypeFromBuffer(beginning).catch(() => undefined);
  if (known && known.mime !== 'application/xml') return known.mime;
  if (beginning.includes(0)) return 'application/octet-stream';
  const text = decoded(beginning);
  return text === null ? 'application/octet-stream' : typeOfText(text);
};
