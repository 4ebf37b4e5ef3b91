/**
 * Whether this is a DICOM file: a preamble of 128 bytes, whatever they are, then `DICM` and group 0002 (PS3.10, 7.1);
 * or a data set without any of that, as older devices write: elements in ascending order of their tags (PS3.5, 7.1),
 * implicit or explicit VR, that name a patient or an object of DICOM's own.
 */
export const isDicom = (bytes: Uint8Array): boolean => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 132 && view.getUint32(128) === 0x4449434d) {
    if (bytes.length === 132) return true;
    return bytes.length >= 140 && ([2, 8].includes(view.getUint16(132, true)) || isDataSet(view, 132));
  }
  return isDataSet(view, 0);
};

const ENOUGH = 64;
const VR =
  /^(?:AE|AS|AT|CS|DA|DS|DT|FL|FD|IS|LO|LT|OB|OD|OF|OL|OV|OW|PN|SH|SL|SQ|SS|ST|SV|TM|UC|UI|UL|UN|UR|US|UT|UV)$/;
const LONG = /^(?:OB|OD|OF|OL|OV|OW|SQ|SV|UC|UN|UR|UT|UV)$/;

const isDataSet = (view: DataView, start: number): boolean =>
  [true, false].some((little) => walk(view, start, little));

interface Element {
  readonly group: number;
  readonly tag: number;
  readonly value: number;
  readonly length: number;
}

const walk = (view: DataView, start: number, little: boolean): boolean => {
  let last = -1;
  let elements = 0;
  let proof = false;
  for (let at = start; elements < ENOUGH;) {
    const element = elementAt(view, at, little);
    if (!element) break;
    if (element.tag <= last) return false;
    if (elements === 0 && element.group !== 2 && element.group !== 8) return false;
    last = element.tag;
    elements += 1;
    proof ||= proves(view, element);
    at = element.value + element.length;
    // Sequences of unknown length are not walked: what stands before them is enough, or nothing is.
    if (element.length === 0xff_ff_ff_ff || at > view.byteLength) break;
  }
  return proof && elements >= 3;
};

const elementAt = (view: DataView, at: number, little: boolean): Element | undefined => {
  if (at + 8 > view.byteLength) return undefined;
  const group = view.getUint16(at, little);
  const tag = group * 0x1_00_00 + view.getUint16(at + 2, little);
  const vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5));
  if (!VR.test(vr))
    // Implicit VR is always little endian.
    return little ? { group, tag, value: at + 8, length: view.getUint32(at + 4, true) } : undefined;
  if (!LONG.test(vr)) return { group, tag, value: at + 8, length: view.getUint16(at + 6, little) };
  if (at + 12 > view.byteLength) return undefined;
  return { group, tag, value: at + 12, length: view.getUint32(at + 8, little) };
};

/** Patient's name, identifier, birth date and sex; class and instance of the object; study and series. */
const UIDS = new Set([0x0008_0016, 0x0008_0018, 0x0020_000d, 0x0020_000e]);
const PERSON = new Set([0x0010_0010, 0x0010_0020, 0x0010_0030, 0x0010_0040]);

const proves = (view: DataView, { tag, value, length }: Element): boolean => {
  if (length === 0 || length > 256 || value + length > view.byteLength) return false;
  let text = '';
  for (let at = value; at < value + length; at += 1) text += String.fromCharCode(view.getUint8(at));
  if (UIDS.has(tag)) return /^[0-2](?:\.\d+){3,}\0?$/.test(text);
  // oxlint-disable-next-line no-control-regex -- what a text value may not hold
  return PERSON.has(tag) && !/[\u0000-\u0008\u000e-\u001a]/.test(text.replace(/\0$/, ''));
};
