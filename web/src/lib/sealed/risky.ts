/** What a file is by how it begins, and whether opening it would run something. */

const STARTS: readonly (readonly [bytes: string, type: string])[] = [
  ['4d5a', 'application/x-msdownload'],
  ['7f454c46', 'application/x-elf'],
  ['cafebabe', 'application/java-vm'],
  ['cffaedfe', 'application/x-mach-binary'],
  ['2321', 'text/x-shellscript'],
  ['25504446', 'application/pdf'],
  ['89504e47', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['47494638', 'image/gif'],
  ['504b0304', 'application/zip'],
  ['d0cf11e0', 'application/x-ole-storage'],
];
const RUNS = /^application\/x-(?:msdownload|elf|mach-binary)$|java-vm|shellscript/u;
const ENDINGS =
  /\.(?:exe|msi|scr|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|lnk|reg|dll|app|dmg|pkg|sh|apk|iso|img|html?|svg|docm|xlsm|pptm|xll)$/iu;

export interface Nature {
  readonly type: string;
  /** Opening it may run something. */
  readonly risky: boolean;
}

export const natureOf = async (name: string, content: Blob): Promise<Nature> => {
  const bytes = new Uint8Array(await content.slice(0, 8).arrayBuffer());
  const start = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const type = STARTS.find(([begins]) => start.startsWith(begins))?.[1] ?? 'application/octet-stream';
  return { type, risky: RUNS.test(type) || ENDINGS.test(name) };
};
