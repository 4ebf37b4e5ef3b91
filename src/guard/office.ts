import { decode } from './decode.ts';
import { inside, unpack, type Look } from './findings.ts';
import { lookAtWords } from './text.ts';
import { betweenTags, withoutEntities } from './xml.ts';
import { contentOf, type Entry } from './zip.ts';

/** Word, Excel and PowerPoint (ECMA-376): their texts, and what is put inside them. */
export const lookAtOffice = async (entries: readonly Entry[], look: Look): Promise<void> => {
  const text = (entry: Entry): string => decode(contentOf(entry, look) ?? new Uint8Array()) ?? '';
  const named = (pattern: RegExp): Entry[] => entries.filter(({ name }) => pattern.test(name));
  const shared = named(/^xl\/sharedStrings\.xml$/i).flatMap((entry) => sharedStrings(text(entry)));
  let sheet = 0;
  for (const entry of named(/^xl\/worksheets\/[^/]+\.xml$/i)) {
    sheet += 1;
    lookAtWords(rows(text(entry), shared), inside(look, `sheet ${sheet}`));
  }
  for (const entry of named(/^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/i))
    lookAtWords(paragraphs(text(entry)), look);
  let slide = 0;
  for (const entry of named(/^ppt\/(?:slides|notesSlides)\/[^/]+\.xml$/i)) {
    slide += 1;
    lookAtWords(paragraphs(text(entry)), inside(look, `slide ${slide}`));
  }
  for (const entry of named(
    /^xl\/comments[^/]*\.xml$|^docProps\/(?:core|custom)\.xml$|^customXml\/item\d+\.xml$/i,
  ))
    lookAtWords(
      betweenTags(text(entry), () => ' '),
      look,
    );
  await attached(named(/\/(?:media|embeddings)\/[^/]+$/i), look);
};

/** Documents of LibreOffice (OASIS OpenDocument 1.3). */
export const lookAtOpenDocument = async (entries: readonly Entry[], look: Look): Promise<void> => {
  const manifest = entries.find(({ name }) => name === 'META-INF/manifest.xml');
  if (manifest && decode(contentOf(manifest, look) ?? new Uint8Array())?.includes('encryption-data')) {
    look.miss('encrypted');
    return;
  }
  for (const entry of entries.filter(({ name }) => /^(?:content|styles|meta)\.xml$/.test(name)))
    lookAtWords(paragraphs(decode(contentOf(entry, look) ?? new Uint8Array()) ?? ''), look);
  await attached(
    entries.filter(({ name }) => /^(?:Pictures|media)\/[^/]+$|^Object \d+$/.test(name)),
    look,
  );
};

const attached = async (entries: readonly Entry[], look: Look): Promise<void> => {
  let number = 0;
  for (const entry of entries) {
    number += 1;
    const content = contentOf(entry, look);
    if (content && content.length > 0) await unpack(look, `attachment ${number}`, content);
  }
};

/** Runs of one paragraph belong together, however they are styled; cells of one row stand on a line. */
const paragraphs = (xml: string): string => {
  let cells = 0;
  return betweenTags(xml, (tag) => {
    const [, closes, name = ''] = /^(\/?)(?:[\w.-]+:)?([\w.-]+)/.exec(tag) ?? [];
    if (/^(?:tc|table-cell)$/.test(name)) {
      if (!tag.endsWith('/')) cells += closes ? -1 : 1;
      // A number of a sheet of LibreOffice, which may be drawn in another way.
      const value = /office:value="(\d{11,15})"/.exec(tag)?.[1] ?? '';
      return closes || tag.endsWith('/') ? '\t' : value === '' ? '' : `${value} `;
    }
    if (/^(?:tr|table-row)$/.test(name)) return closes ? '\n' : '';
    if (/^(?:p|h)$/.test(name)) return closes ? (cells > 0 ? ' ' : '\n') : '';
    return /^(?:tab|br|s|line-break|cr)$/.test(name) ? ' ' : '';
  });
};

const withoutPrefixes = (xml: string): string => xml.replace(/<(\/?)[A-Za-z]\w{0,20}:/g, '<$1');

const sharedStrings = (xml: string): string[] =>
  withoutPrefixes(xml)
    .split(/<si[\s>]/)
    .slice(1)
    .map(texts);

const texts = (xml: string): string =>
  withoutEntities([...xml.matchAll(/<t(?:\s[^<>]*)?>([^<]*)/g)].map(([, text]) => text).join(''));

/** The rows of a sheet, their cells divided by tabs. Dates stay numbers of days. */
const rows = (xml: string, shared: readonly string[]): string =>
  withoutPrefixes(xml)
    .split('</row>')
    .map((row) =>
      row
        .split(/<c(?=[\s>])/)
        .slice(1)
        .map((cell) => cellOf(cell, shared))
        .join('\t'),
    )
    .join('\n');

const cellOf = (xml: string, shared: readonly string[]): string => {
  const type = /^[^>]*\bt="(\w+)"/.exec(xml)?.[1];
  if (type === 'inlineStr') return texts(xml);
  const value = /<v(?:\s[^<>]*)?>([^<]*)/.exec(xml)?.[1] ?? '';
  if (type === 's') return shared[Number(value)] ?? '';
  if (type === 'str') return withoutEntities(value);
  const number = Number(value);
  return Number.isSafeInteger(number) && value.includes('E') ? String(number) : value;
};
