/** What is known of a bag, by the labels of RFC 8493, section 2.2.2, in the order in which they are to be written. */
export interface BagInfo {
  /** The day on which it was made: `2026-11-22`. */
  readonly 'Bagging-Date': string;
  /** Any other: `Source-Organization`, `External-Identifier`, `External-Description`, `Contact-Email`, … */
  readonly [label: string]: string | readonly string[];
}

/**
 * The lines of `bag-info.txt`. A value of several lines goes on in lines that are indented.
 *
 * @param oxum octets of the payload and number of its files: `279164409832.1198`
 * @throws TypeError on a label that would be read otherwise, `Payload-Oxum`, which is counted, or a date that is none
 */
export const infoLines = (info: BagInfo, oxum: string): string[] => {
  if (!isDay(info['Bagging-Date'])) throw new TypeError('The Bagging-Date is a day: 2026-11-22.');
  const lines = Object.entries(info).flatMap(([label, values]) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(label) || label.toLowerCase() === 'payload-oxum')
      throw new TypeError(`A bag does not take the label ${JSON.stringify(label)}.`);
    return [values].flat().map((value) => `${label}: ${indented(value)}`);
  });
  return [...lines, `Payload-Oxum: ${oxum}`];
};

const isDay = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
};

/** An empty line would end the value for some readers, so that none is left within it. */
const indented = (value: string): string =>
  value
    .toWellFormed()
    .split(/[\r\n\v\f\u0085\u2028\u2029]+/u)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n  ');
