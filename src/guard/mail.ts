import { unpack, type Look } from './findings.ts';

/** Whether a text begins as a mail that was saved (RFC 5322). */
export const isMail = (text: string): boolean => {
  const head = text.slice(0, 20_000);
  return (
    /^(?:From \S[^\n]*\n)?[A-Za-z][\w-]{0,60}:[ \t]/.test(head) &&
    /^(?:from|return-path):/im.test(head) &&
    /^(?:mime-version|message-id|received|content-type):/im.test(head)
  );
};

/** The parts of a mail (RFC 2045, 2046), each looked at as if it had come alone. */
export const lookAtMail = async (text: string, look: Look): Promise<void> => {
  let number = 0;
  for (const content of partsOf(text, 8)) {
    number += 1;
    look.left.entries -= 1;
    look.left.bytes -= content.length;
    if (look.left.entries < 0 || look.left.bytes < 0) {
      look.miss('too_large');
      return;
    }
    if (content.length > 0) await unpack(look, `part ${number}`, content);
  }
};

const partsOf = (text: string, depth: number): Buffer[] => {
  const gap = /\r?\n\r?\n/.exec(text);
  if (!gap) return [];
  const head = text.slice(0, gap.index).replace(/\r?\n[ \t]+/g, ' ');
  const body = text.slice(gap.index + gap[0].length);
  const boundary = /^content-type:\s*multipart\/[^\n]*boundary="?([^";\r\n]{1,200})/im.exec(head)?.[1];
  if (boundary && depth > 0)
    return body
      .split(`--${boundary.trim()}`)
      .slice(1)
      .filter((part) => !part.startsWith('--'))
      .flatMap((part) => partsOf(part.replace(/^\r?\n/, '\n').replace(/^\n(?=\S)/, ''), depth - 1));
  const encoding = /^content-transfer-encoding:\s*([\w-]+)/im.exec(head)?.[1]?.toLowerCase();
  if (encoding === 'base64') return [Buffer.from(body, 'base64')];
  if (encoding === 'quoted-printable') return [unquoted(body)];
  return [Buffer.from(body, 'latin1')];
};

const unquoted = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=[ \t]*\r?\n/g, '')
      .replace(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
