import { z } from 'zod';
import type { Field } from '../define.ts';
import type { DemoFile } from '../demo.ts';
import { accepts } from '../fields/files.ts';
import { list, type Report } from './report.ts';

/** What each kind of file is when it is made, and how its name ends. */
const KINDS: { readonly [K in DemoFile['is']]: { readonly type: string; readonly ending: string } } = {
  csv: { type: 'text/csv', ending: '.csv' },
  text: { type: 'text/plain', ending: '.txt' },
  pdf: { type: 'application/pdf', ending: '.pdf' },
  photo: { type: 'image/jpeg', ending: '.jpg' },
};

const said = z.string().trim().min(1);
const shape: z.ZodType<DemoFile> = z.union([
  z.strictObject({ name: said.max(120), is: z.enum(['csv', 'text', 'pdf']), text: said }),
  z.strictObject({
    name: said.max(120),
    is: z.literal('photo'),
    about: said,
    place: z
      .strictObject({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180) })
      .exactOptional(),
  }),
]);

const checkOne = (report: Report, path: string, field: Field, file: DemoFile): void => {
  const { type, ending } = KINDS[file.is];
  if (!file.name.endsWith(ending) || /[/\\]/u.test(file.name))
    report.add(
      `${path}.name`,
      `\`${file.name}\` is not what a ${file.is} is called: write a name that ends with \`${ending}\`, without folders.`,
    );
  if (!accepts(field, type))
    report.add(
      `${path}.is`,
      `A ${file.is} is ${type}, which this field does not take: write another kind, or add it to \`accept\`.`,
    );
};

/** The files of a story can be made, and the field takes them. */
export const checkDemoFiles = (report: Report, path: string, field: Field, value: unknown): void => {
  if (field.is !== 'files') return;
  if (!Array.isArray(value))
    return report.add(path, "Write a list of files: `[{ name: 'note.txt', is: 'text', text: '…' }]`.");
  if (value.length > (field.max ?? value.length))
    report.add(path, `${value.length} files, and the field takes ${field.max}: write fewer.`);
  const names: string[] = [];
  for (const [index, given] of value.entries()) {
    const file = shape.safeParse(given);
    if (file.success) {
      checkOne(report, `${path}.${index}`, field, file.data);
      names.push(file.data.name);
    } else
      report.add(
        `${path}.${index}`,
        "This is no file of a story: write `{ name: 'plate.csv', is: 'csv', text: '…' }`, `text` or `pdf` alike, or `{ name: 'portrait.jpg', is: 'photo', about: '…' }`.",
      );
  }
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (twice.length > 0) report.add(path, `${list(twice)} is there twice: give each file a name of its own.`);
};
