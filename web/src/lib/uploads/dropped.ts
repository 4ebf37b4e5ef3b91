/** A file that somebody chose, and the way to it when it came with its folder. */
export interface Chosen {
  readonly file: File;
  /** From the folder to the file, `Été/plage/1.jpg`; empty when it came alone. */
  readonly path: string;
}

/** What systems leave in folders for themselves. */
const OF_SYSTEMS = /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._.*)$/u;

export const chosen = (files: Iterable<File>): readonly Chosen[] =>
  [...files]
    .filter(({ name }) => !OF_SYSTEMS.test(name))
    .map((file) => ({ file, path: file.webkitRelativePath }));

const entriesOf = async (folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> => {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // A browser gives a hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
};

const inside = async (entry: FileSystemEntry): Promise<readonly Chosen[]> => {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    const path = entry.fullPath.replace(/^\//u, '');
    return OF_SYSTEMS.test(file.name) ? [] : [{ file, path: path.includes('/') ? path : '' }];
  }
  const found: Chosen[] = [];
  for (const one of await entriesOf(entry as FileSystemDirectoryEntry)) found.push(...(await inside(one)));
  return found;
};

/** What was dropped: files, and what is in folders, however deep. What cannot be read is left out. */
export const dropped = async (data: DataTransfer): Promise<readonly Chosen[]> => {
  // The list is emptied as soon as this turn is over.
  const entries = [...data.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null;
    return entry ? [entry] : [];
  });
  const files = chosen(data.files);
  if (entries.length === 0) return files;
  const found = await Promise.all(entries.map((entry) => inside(entry).catch(() => [])));
  return found.flat();
};
