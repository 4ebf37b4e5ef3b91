/** What a store of objects says in XML: elements that hold elements or text. Attributes are passed over. */
export interface Element {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
}

const TOKEN =
  /<\?[^?]*\?>|<(?<close>\/?)(?<name>[A-Za-z_][\w.:-]*)(?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(?<empty>\/?)>|(?<text>[^<]+)/uy;
const DEPTH = 16;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

interface Open {
  readonly name: string;
  text: string;
  readonly children: Element[];
}

/**
 * Reads a small document. There are no declarations, entities of one's own, comments or CDATA in what S3 says, so whoever
 * sends one is refused: nothing expands, nothing is fetched, and it takes as long as the text is.
 *
 * @throws {SyntaxError} for anything that is not exactly that
 */
export const readXml = (text: string): Element => {
  const refuse = (): never => {
    throw new SyntaxError('That is not XML as S3 writes it.');
  };
  const top: Open = { name: '', text: '', children: [] };
  const stack: Open[] = [top];
  const document = text.replace(/^\uFEFF/u, '');
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < document.length) {
    const token = TOKEN.exec(document)?.groups ?? refuse();
    const inside = stack.at(-1) ?? refuse();
    const { name, close, empty, text: words } = token;
    if (words !== undefined) inside.text += plain(words);
    else if (name === undefined) continue;
    else if (close) {
      if (stack.length === 1 || inside.name !== name) refuse();
      stack.pop();
    } else {
      if (stack.length > DEPTH) refuse();
      const made: Open = { name, text: '', children: [] };
      inside.children.push(made);
      if (!empty) stack.push(made);
    }
  }
  const [root] = top.children;
  if (stack.length > 1 || top.children.length !== 1 || top.text.trim() !== '' || !root) return refuse();
  return root;
};

export const childrenOf = (element: Element, name: string): readonly Element[] =>
  element.children.filter((child) => child.name === name);

/** The text of the only child of that name; '' when there is none. */
export const textOf = (element: Element, name: string): string => childrenOf(element, name)[0]?.text ?? '';

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const REFERENCE = '(?:#(?<decimal>\\d{1,7})|#x(?<hex>[0-9a-fA-F]{1,6})|(?<name>lt|gt|amp|quot|apos));';
const REFERENCES = new RegExp(`&${REFERENCE}`, 'gu');
const NO_REFERENCE = new RegExp(`&(?!${REFERENCE})`, 'u');

const plain = (text: string): string => {
  if (NO_REFERENCE.test(text)) throw new SyntaxError('That is not XML as S3 writes it.');
  return text.replaceAll(REFERENCES, (...found) => {
    const { decimal, hex, name } = found.at(-1) as Partial<Record<'decimal' | 'hex' | 'name', string>>;
    if (name !== undefined) return ENTITIES[name] ?? '';
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    if (code > 0x10ffff) throw new SyntaxError('That is not XML as S3 writes it.');
    return String.fromCodePoint(code);
  });
};
