import { PDF } from '@libpdf/core';

import type { Actor, AppDefinition } from '../engine/index.ts';
import type { DemoFields, DemoFile } from '../engine/define.ts';
import { arrived } from '../files/index.ts';
import { currentKeys, lay, type Vault } from '../vault/index.ts';
import { photograph } from './picture.ts';

const page = async (text: string): Promise<Uint8Array> => {
  const pdf = PDF.create();
  pdf.addPage({ size: 'a4' }).drawText(text, { x: 60, y: 760, size: 12, maxWidth: 470, lineHeight: 18 });
  return pdf.save();
};

const bytesOf = async (file: DemoFile, at: number): Promise<Uint8Array> => {
  switch (file.is) {
    case 'photo':
      return photograph(file.about, at, file.place);
    case 'pdf':
      return page(file.text);
    case 'csv':
    case 'text':
      return Buffer.from(file.text);
  }
};

/** Makes the files of a story and keeps them, as brought by somebody then. @returns by field, what names them */
export const bringFiles = async (
  vault: Vault,
  organisationId: string,
  definition: AppDefinition,
  fields: DemoFields,
  by: Actor,
  at: number,
): Promise<{ readonly [field: string]: readonly { readonly id: string }[] }> => {
  const brought: { [field: string]: { readonly id: string }[] } = {};
  const then = { ...vault, clock: { ...vault.clock, now: () => at } };
  for (const [name, value] of Object.entries(fields)) {
    if (definition.fields[name]?.is !== 'files') continue;
    const keys = await currentKeys(vault, organisationId);
    const list: { readonly id: string }[] = (brought[name] = []);
    for (const file of value as readonly DemoFile[]) {
      const bytes = await bytesOf(file, at);
      const source = (async function* () {
        yield bytes;
      })();
      const laid = await lay(then, keys, source);
      list.push({ id: await arrived(then, keys, laid, { name: file.name, folder: '' }, by) });
    }
  }
  return brought;
};
