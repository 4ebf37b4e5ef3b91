import { gzipSync, zipSync, zlibSync } from 'fflate';

/** A text in everything that may carry one. Each gives a whole file of its kind. */
export type Container = (text: string) => Uint8Array;

const bytes = (text: string): Uint8Array => Buffer.from(text);
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const lines = (text: string): string[] => text.split('\n');

/** A PDF of one page for every forty lines (ISO 32000-1), in Helvetica; `packed` as most programs write them. */
export const pdfOf = (text: string, { packed = false, extra = '' } = {}): Uint8Array => {
  const pages: string[][] = [];
  const all = lines(text);
  for (let at = 0; at < all.length; at += 40) pages.push(all.slice(at, at + 40));
  const objects: string[] = [];
  const kids = pages.map((_, at) => `${4 + at * 2} 0 R`).join(' ');
  objects.push('<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`);
  objects.push('<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>');
  for (const page of pages) {
    const shown = page
      .map((line) => `(${line.replaceAll('\t', '    ').replace(/[\\()]/g, String.raw`\$&`)}) Tj T*`)
      .join('\n');
    const content = Buffer.from(`BT /F 10 Tf 14 TL 40 800 Td\n${shown}\nET`, 'latin1');
    const stream = packed ? Buffer.from(zlibSync(content)) : content;
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents ${objects.length + 2} 0 R>>`,
      `<</Length ${stream.length}${packed ? '/Filter/FlateDecode' : ''}>>stream\n${stream.toString('latin1')}\nendstream`,
    );
  }
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${objects.length + 1}/Root 1 0 R${extra}>>\nstartxref\n${file.length}\n%%EOF`;
  return Buffer.from(file, 'latin1');
};

export const zipOf = (files: Readonly<Record<string, Uint8Array>>): Uint8Array => zipSync({ ...files });

const office = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipOf({
    '[Content_Types].xml': bytes(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    ),
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [name, bytes(text)])),
  });

/** Word cuts what is typed into runs wherever it likes, also inside a number. */
const runs = (line: string): string =>
  (line.match(/.{1,7}/gsu) ?? [])
    .map((run) => `<w:r><w:t xml:space="preserve">${escaped(run)}</w:t></w:r>`)
    .join('');

export const docxOf: Container = (text) => {
  const rows = lines(text).map((line) =>
    line.includes('\t')
      ? `<w:tbl><w:tr>${line
          .split('\t')
          .map((cell) => `<w:tc><w:p>${runs(cell)}</w:p></w:tc>`)
          .join('')}</w:tr></w:tbl>`
      : `<w:p>${runs(line)}</w:p>`,
  );
  return office({ 'word/document.xml': `<w:document><w:body>${rows.join('')}</w:body></w:document>` });
};

const cellsOf = (line: string): string[] => line.split(/[\t;]/);

/** Texts are shared strings; what is all digits is a number, as it becomes when one types it. */
export const xlsxOf: Container = (text) => {
  const shared: string[] = [];
  const rows = lines(text).map((line) =>
    cellsOf(line)
      .map((cell) =>
        /^[1-9]\d{0,14}$/.test(cell)
          ? `<c><v>${cell.length > 12 ? Number(cell).toExponential().replace('e+', 'E+') : cell}</v></c>`
          : `<c t="s"><v>${shared.push(cell) - 1}</v></c>`,
      )
      .join(''),
  );
  return office({
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows.map((row) => `<row>${row}</row>`).join('')}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${shared.map((one) => `<si><t>${escaped(one)}</t></si>`).join('')}</sst>`,
  });
};

const openDocument = (kind: string, body: string): Uint8Array =>
  zipOf({
    mimetype: bytes(`application/vnd.oasis.opendocument.${kind}`),
    'content.xml': bytes(
      `<office:document-content><office:body>${body}</office:body></office:document-content>`,
    ),
    'META-INF/manifest.xml': bytes('<manifest:manifest/>'),
  });

export const odtOf: Container = (text) =>
  openDocument(
    'text',
    lines(text)
      .map(
        (line) =>
          `<text:p>${(line.match(/.{1,9}/gsu) ?? []).map((run) => `<text:span>${escaped(run)}</text:span>`).join('')}</text:p>`,
      )
      .join(''),
  );

export const odsOf: Container = (text) =>
  openDocument(
    'spreadsheet',
    `<table:table>${lines(text)
      .map(
        (line) =>
          `<table:table-row>${cellsOf(line)
            .map((cell) => `<table:table-cell><text:p>${escaped(cell)}</text:p></table:table-cell>`)
            .join('')}</table:table-row>`,
      )
      .join('')}</table:table>`,
  );

export const mailOf: Container = (text) =>
  bytes(
    [
      'From: a@example.org',
      'To: b@example.org',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed;\r\n boundary="frontier"',
      '',
      '--frontier',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Bonjour, ci-joint.',
      '--frontier',
      'Content-Type: application/octet-stream',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n'),
      '--frontier--',
      '',
    ].join('\r\n'),
  );

const tarOf: Container = (text) => {
  const content = Buffer.from(text);
  const header = Buffer.alloc(512);
  header.write('notes');
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  header.write('ustar\0', 257);
  return Buffer.concat([header, content, Buffer.alloc(1024 - (content.length % 512))]);
};

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** What carries any text as it is. */
export const CARRIERS: Readonly<Record<string, Container>> = {
  'plain text': bytes,
  'UTF-16 with its mark': (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(text)]),
  'UTF-16 big endian': (text) => Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(text).swap16()]),
  'Latin-1': (text) => Buffer.from(text.replace(/[^\t-\u00ff]/g, ' '), 'latin1'),
  zip: (text) => zipOf({ 'photo.jpg': bytes('nothing'), 'data.bin': bytes(text) }),
  'zip in a zip': (text) => zipOf({ 'one.zip': zipOf({ 'two.txt': bytes(text) }) }),
  gzip: (text) => gzipSync(bytes(text)),
  tar: tarOf,
  mail: mailOf,
};

/** What carries words for people. */
export const DOCUMENTS: Readonly<Record<string, Container>> = {
  ...CARRIERS,
  PDF: (text) => pdfOf(text),
  'packed PDF': (text) => pdfOf(text, { packed: true }),
  DOCX: docxOf,
  XLSX: xlsxOf,
  ODT: odtOf,
  ODS: odsOf,
  'DOCX in a zip': (text) => zipOf({ 'a.docx': docxOf(text) }),
  HTML: (text) =>
    bytes(`<!DOCTYPE html><html><body><p>${lines(escaped(text)).join('</p>\n<p>')}</p></body></html>`),
};
