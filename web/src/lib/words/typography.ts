const NBSP = '\u00a0';
/** The thin no-break space that French puts before `; ! ?`. */
const NNBSP = '\u202f';

/** French as it is set: no-break spaces where a line must not break, real apostrophes. */
export const french = (text: string): string =>
  text
    .replaceAll("'", '’')
    .replaceAll(/ ([;!?])/g, `${NNBSP}$1`)
    .replaceAll(/ ([:»])/g, `${NBSP}$1`)
    .replaceAll('« ', `«${NBSP}`)
    .replaceAll(/(\d) (h|min|s|j|km|m|kg|€|%)(?![\p{L}\d])/gu, `$1${NBSP}$2`)
    .replaceAll(/( h) (\d{2})(?!\d)/g, `$1${NBSP}$2`);

/** The same catalogue, every sentence of it set as French is. */
export const setInFrench = <T>(catalogue: T): T => {
  if (typeof catalogue === 'string') return french(catalogue) as T;
  if (typeof catalogue === 'function')
    return ((...given: unknown[]) =>
      setInFrench((catalogue as (...all: unknown[]) => unknown)(...given))) as T;
  if (typeof catalogue !== 'object' || catalogue === null) return catalogue;
  return Object.fromEntries(Object.entries(catalogue).map(([key, value]) => [key, setInFrench(value)])) as T;
};
