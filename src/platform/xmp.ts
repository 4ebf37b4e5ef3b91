/** What is known of a photograph; what is left out is not said. */
export interface Described {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly keywords?: readonly string[];
  readonly people?: readonly string[];
  readonly location?: string | undefined;
  readonly period?: string | undefined;
  readonly source?: string | undefined;
  /** When it was taken, as ISO 8601, with or without its offset. */
  readonly taken?: string | undefined;
  /** When what is seen was, as ISO 8601, a day or an instant. */
  readonly date?: string | undefined;
  /** Degrees, WGS 84. */
  readonly place?: { readonly lat: number; readonly lng: number } | undefined;
  /** When somebody last changed what is said here, in epoch milliseconds. */
  readonly changed: number;
}

/** What no XML 1.0 may hold, however it is written. */
const IMPOSSIBLE = /(?![\t\n\r\u0080-\u009F])\p{Cc}|[\uFFFE\uFFFF]/gu;
const ESCAPED: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A reader takes a bare one for a line feed.
  '\r': '&#xD;',
};

const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(IMPOSSIBLE, '')
    .replaceAll(/[&<>"'\r]/gu, (one) => ESCAPED[one] ?? one);

const simple = (name: string, value: string | undefined): readonly string[] =>
  value === undefined || value === '' ? [] : [`   <${name}>${xml(value)}</${name}>`];

/** In whatever language it was written. */
const inWords = (name: string, value: string | undefined): readonly string[] =>
  value === undefined || value === ''
    ? []
    : [`   <${name}><rdf:Alt><rdf:li xml:lang="x-default">${xml(value)}</rdf:li></rdf:Alt></${name}>`];

const bag = (name: string, values: readonly string[] = []): readonly string[] =>
  values.length === 0
    ? []
    : [
        `   <${name}><rdf:Bag>${values.map((one) => `<rdf:li>${xml(one)}</rdf:li>`).join('')}</rdf:Bag></${name}>`,
      ];

/** `47,18.534N`: degrees, and minutes to a millionth, which is two millimetres. */
const coordinate = (degrees: number, [positive, negative]: readonly [string, string]): string => {
  const millionths = Math.round(Math.abs(degrees) * 60e6);
  const whole = Math.floor(millionths / 60e6);
  return `${whole},${((millionths - whole * 60e6) / 1e6).toFixed(6)}${degrees < 0 ? negative : positive}`;
};

const SPACES = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  Iptc4xmpCore: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
} as const;

/**
 * A sidecar: what is known of a photograph, in a file of its own beside it. The same bytes for the same knowledge.
 *
 * @returns UTF-8 text of XML; what XML cannot hold is left out, everything else is read back as it was
 *
 * Source: Adobe XMP Specification part 1 (ISO 16684-1), data model and serialization; part 2, Dublin Core, XMP basic and
 * EXIF namespaces (`GPSCoordinate`); IPTC Photo Metadata Standard 2023.2, Date Created, Person Shown, Sublocation.
 */
export const xmpOf = (said: Described): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    ` <rdf:RDF xmlns:rdf="${SPACES.rdf}">`,
    '  <rdf:Description rdf:about=""',
    ...Object.entries(SPACES)
      .slice(1)
      .map(
        ([prefix, space], index, all) =>
          `    xmlns:${prefix}="${space}"${index === all.length - 1 ? '>' : ''}`,
      ),
    ...inWords('dc:title', said.title),
    ...inWords('dc:description', said.description),
    ...bag('dc:subject', said.keywords),
    ...simple('dc:coverage', said.period),
    ...simple('dc:source', said.source),
    ...bag('Iptc4xmpExt:PersonInImage', said.people),
    ...simple('Iptc4xmpCore:Location', said.location),
    ...simple('exif:DateTimeOriginal', said.taken),
    ...simple('photoshop:DateCreated', said.date),
    ...simple('xmp:CreateDate', said.taken ?? said.date),
    ...simple('xmp:MetadataDate', new Date(said.changed).toISOString()),
    ...(said.place
      ? [
          ...simple('exif:GPSVersionID', '2.3.0.0'),
          ...simple('exif:GPSMapDatum', 'WGS-84'),
          ...simple('exif:GPSLatitude', coordinate(said.place.lat, ['N', 'S'])),
          ...simple('exif:GPSLongitude', coordinate(said.place.lng, ['E', 'W'])),
        ]
      : []),
    '  </rdf:Description>',
    ' </rdf:RDF>',
    '</x:xmpmeta>',
    '',
  ].join('\n');
