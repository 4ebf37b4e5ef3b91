/**
 * Where a file stands in a bag.
 *
 * @throws TypeError on a path that is absolute, has an empty name, `.` or `..`, or cannot be a file name
 */
export const payloadPath = (path: string): string => {
  const names = path.split('/');
  const wrong = names.some((name) => ['', '.', '..'].includes(name));
  if (wrong || path.includes('\0') || !path.isWellFormed())
    throw new TypeError('The path of a file in a bag leads below its folder.');
  return `data/${path}`;
};

/**
 * A path as a manifest has it, where a line is a file. Accents stay as they are in the name: who reads compares bytes.
 *
 * Source: RFC 8493, section 2.1.3: line feed, carriage return and percent are written as in URLs, nothing else is.
 */
export const writtenPath = (path: string): string =>
  path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
