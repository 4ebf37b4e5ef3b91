import { inside, unpack, type Look } from './findings.ts';
import { lookAtWords } from './text.ts';

/** A PDF: the text of its pages, what was typed into its forms, and the files attached to it. Not its images. */
export const lookAtPdf = async (bytes: Uint8Array, look: Look): Promise<void> => {
  const { getDocumentProxy } = await import('unpdf');
  // An image is an object of its own, whose dictionary stands in clear however the rest is packed.
  if (
    /\/Subtype\s*\/Image\b/.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'))
  )
    look.miss('image');
  try {
    // It takes the bytes it is given away.
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    if (pdf.numPages > look.limits.pages) look.miss('too_large');
    for (let number = 1; number <= Math.min(pdf.numPages, look.limits.pages); number += 1) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const words = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''));
      const typed = (await page.getAnnotations()).map(typedInto);
      lookAtWords([...words, '\n', ...typed].join(''), inside(look, `page ${number}`));
      page.cleanup();
    }
    let number = 0;
    for (const attachment of Object.values((await pdf.getAttachments()) ?? {})) {
      number += 1;
      const content = contentOf(attachment);
      if (content) await unpack(look, `attachment ${number}`, content);
    }
  } catch (error) {
    look.miss(error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'unreadable');
  }
};

const typedInto = (annotation: unknown): string => {
  if (typeof annotation !== 'object' || annotation === null) return '';
  const { fieldName, fieldValue, contentsObj } = annotation as Record<string, unknown>;
  const note =
    typeof contentsObj === 'object' && contentsObj !== null && 'str' in contentsObj ? contentsObj.str : '';
  return [fieldName, fieldValue, note].map((part) => (typeof part === 'string' ? part : '')).join(' ') + '\n';
};

const contentOf = (attachment: unknown): Uint8Array | undefined =>
  typeof attachment === 'object' &&
  attachment !== null &&
  'content' in attachment &&
  attachment.content instanceof Uint8Array
    ? attachment.content
    : undefined;
