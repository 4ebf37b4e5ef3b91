import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Defined, Page } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:late');
  const slug = event.params.organisation;
  const { organisation } = await event.parent();
  const query = new URLSearchParams({
    lateness: 'late,stuck,will be late,at risk',
    open: 'true',
    sort: 'due',
    limit: '200',
  });
  const [page, ...defined] = await Promise.all([
    read<Page>(event, `${api.organisation(slug)}/tickets?${query}`),
    ...organisation.apps.map(({ app }) => readIf<Defined>(event, `${api.app(slug, app)}/definition`)),
  ]);
  const steps = defined.flatMap((one) =>
    one
      ? [
          [
            one.app,
            Object.fromEntries(
              Object.entries(one.definition.steps).map(([name, { label }]) => [name, label]),
            ),
          ] as const,
        ]
      : [],
  );
  return { tickets: page.tickets, steps: Object.fromEntries(steps) };
};
