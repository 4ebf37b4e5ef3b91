import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Why a test that needs these programs of the system is skipped; false when they are all there. */
export const missing = (...programs: readonly string[]): string | false => {
  const absent = programs.filter((program) => !isThere(program));
  return absent.length > 0 && `not installed here: ${absent.join(', ')}`;
};

const isThere = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
