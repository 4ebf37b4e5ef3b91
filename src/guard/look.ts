import { lookAtGzip, lookAtTar, lookAtZip } from './archives.ts';
import { decode, wordsWithin } from './decode.ts';
import { isDicom } from './dicom.ts';
import { found, type Look } from './findings.ts';
import { isMail, lookAtMail } from './mail.ts';
import { lookAtPdf } from './pdf.ts';
import { kindOf } from './sniff.ts';
import { lookAtText, lookAtWords } from './text.ts';
import { betweenTags } from './xml.ts';

/** Looks at one content, whatever it is, by what it holds and not by what it is called. */
export const lookAt = async (bytes: Uint8Array, look: Look): Promise<void> => {
  // First of all: what stands before DICM may look like anything, and is often an image.
  if (isDicom(bytes)) {
    found(look, 'dicom', 'strong');
    return;
  }
  switch (kindOf(bytes)) {
    case 'zip':
      return lookAtZip(bytes, look);
    case 'pdf':
      return lookAtPdf(bytes, look);
    case 'gzip':
      return lookAtGzip(bytes, look);
    case 'tar':
      return lookAtTar(bytes, look);
    case 'image':
      look.miss('image');
      return;
    case 'encrypted':
      look.miss('encrypted');
      return;
    case 'old office':
      lookAtOldOffice(bytes, look);
      return;
    case 'unreadable':
      look.miss('unreadable');
      lookAtWords(wordsWithin(bytes), look);
      return;
    case 'text':
      return lookAtPlain(bytes, look);
  }
};

/** Word, Excel and Outlook before 2007: not read as such, but most of their words stand in them. */
const lookAtOldOffice = (bytes: Uint8Array, look: Look): void => {
  const words = wordsWithin(bytes);
  look.miss(/EncryptedPackage|EncryptedSummary/.test(words) ? 'encrypted' : 'unreadable');
  lookAtText(words, look);
};

const lookAtPlain = async (bytes: Uint8Array, look: Look): Promise<void> => {
  const text = decode(bytes);
  if (text === undefined) {
    look.miss('unreadable');
    lookAtText(wordsWithin(bytes), look);
    return;
  }
  if (isMail(text)) {
    // Headers and parts, decoded; then the whole as it stands.
    await lookAtMail(new TextDecoder('latin1').decode(bytes), look);
  }
  lookAtText(readable(text), look);
};

/** Pages of the web and RTF, as one reads them. */
const readable = (text: string): string => {
  const head = text.slice(0, 2000);
  if (/^\s*\{\\rtf/.test(head))
    return text
      .replace(/\\u(\d{1,5}) ?\??/g, (_, code: string) => String.fromCharCode(Number(code)))
      .replace(/\\'([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/\\(?:par|line|row)\b ?/g, '\n')
      .replace(/\\(?:tab|cell)\b ?/g, '\t')
      .replace(/\\[a-z]{1,32}-?\d{0,10} ?|[{}]|\\\*/gi, '');
  if (!/<!doctype html|<html[\s>]/i.test(head)) return text;
  return betweenTags(text, (tag) =>
    /^\/(?:p|div|tr|li|h\d|table)\b|^br\b/i.test(tag) ? '\n' : /^\/(?:td|th)\b/i.test(tag) ? '\t' : '',
  );
};
