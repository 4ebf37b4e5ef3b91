import { createHash } from 'node:crypto';

import type { Gift } from '../platform/http/give.ts';
import { planZip } from '../platform/zip/index.ts';
import type { Bag } from './bag.ts';

/** A bag as one zip, in a folder of its name: stored, its length known before it begins. */
export const bagZip = (name: string, { files }: Bag): Gift => {
  const plan = planZip(files.map((file) => ({ ...file, name: `${name}/${file.path}` })));
  const tag = createHash('sha256')
    .update(files.map(({ path, sha256 }) => `${sha256} ${path}`).join('\n'))
    .digest('hex')
    .slice(0, 32);
  return { name: `${name}.zip`, type: 'application/zip', tag, ...plan };
};
