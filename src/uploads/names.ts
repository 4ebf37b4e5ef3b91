/** Longest name, and longest path of a folder, in characters. */
const NAME = 200;
const FOLDER = 500;
const DEEPEST = 16;

/**
 * What moves or hides text where a name is shown: controls, marks of direction, what has no width. Those that join
 * letters or make a picture of several are part of how names are written.
 */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;

const part = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(UNSEEN, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    // What some systems would drop, and then find another file.
    .replace(/[. ]+$/u, '');

/** Shorter, with what says its kind at the end. */
const shortened = (name: string, most: number): string => {
  if (name.length <= most) return name;
  const ending = /\.[^. ]{1,12}$/u.exec(name)?.[0] ?? '';
  // Half a sign is none.
  return name.slice(0, most - ending.length).replace(/\p{Cs}$/u, '') + ending;
};

const partsOf = (path: string): readonly string[] =>
  path
    .split(/[/\\]/u)
    .map(part)
    .filter((one) => one !== '');

/** How a file is called, whatever was said: one line, without a path, and nothing that shows otherwise than it is. */
export const cleanName = (said: string): string => shortened(partsOf(said).at(-1) ?? 'sans-nom', NAME);

/**
 * The folder of a file that was chosen with its folder.
 * @param path from the folder to the file, `Été/plage/1.jpg`
 * @returns `Été/plage`; nothing leads out of it
 */
export const cleanFolder = (path: string): string => {
  const folders = partsOf(path.replace(/[^/\\]*$/u, '')).slice(0, DEEPEST);
  let folder = '';
  for (const one of folders) {
    const deeper = folder === '' ? shortened(one, NAME) : `${folder}/${shortened(one, NAME)}`;
    if (deeper.length > FOLDER) break;
    folder = deeper;
  }
  return folder;
};

/** What a tus client says of a file, as our own. */
export const nameOf = (said: {
  readonly [key: string]: string | null;
}): { readonly name: string; readonly folder: string } => {
  const path = said['relativePath'] ?? '';
  return { name: cleanName(said['filename'] || said['name'] || path), folder: cleanFolder(path) };
};
