/**
 * How many HL7 v2 messages stand in a text. A message begins with MSH, which says its own delimiters: the character
 * after it separates fields, the next four (five since 2.7) components, repetitions, escapes and sub-components
 * (HL7 v2, chapter 2, 2.5 and 2.14.9). Its ninth field is the type of the message, its twelfth the version. Segments
 * end with a carriage return; MLLP puts 0x0b before and 0x1c after, and files are found with other ends of lines.
 */
export const countMessages = (text: string): number => {
  let count = 0;
  // oxlint-disable-next-line no-control-regex -- MLLP's own
  for (const [line] of text.matchAll(/(?<=^|[\r\n\u000b\u001c"'>]\s{0,4})MSH[^\r\n\u001c]{8,8000}/g))
    if (isHeader(line)) count += 1;
  return count;
};

const isHeader = (line: string): boolean => {
  const separator = line.charAt(3);
  if (/[\w\s]/.test(separator)) return false;
  const fields = line.split(separator);
  // fields[0] is MSH, and MSH-1 is the separator itself: MSH-n is fields[n - 1].
  const [, encoding = '', ...rest] = fields;
  if (!/^[^\w\s]{3,5}$/.test(encoding) || new Set(encoding).size !== encoding.length) return false;
  const component = encoding.charAt(0);
  const [kind = '', event] = (rest[6] ?? '').split(component);
  const [version = ''] = (rest[9] ?? '').split(component);
  const named = /^[A-Z]{3}$/.test(kind) && (event === undefined || /^[A-Z]\w\d$/.test(event));
  return named && (/^2(?:\.\d){1,2}$/.test(version.trim()) || (event !== undefined && fields.length >= 9));
};
