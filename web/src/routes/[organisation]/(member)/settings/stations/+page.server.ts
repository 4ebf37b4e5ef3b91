import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Defined } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';
import type { Bench, Station } from './station.ts';

interface Stations {
  readonly stations: readonly Station[];
  readonly lockedOut: readonly { readonly id: string; readonly name: string; readonly since: string }[];
}

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:settings');
  const slug = event.params.organisation;
  const { organisation } = await event.parent();
  const [{ stations, lockedOut }, ...defined] = await Promise.all([
    read<Stations>(event, `${api.organisation(slug)}/stations`),
    ...organisation.apps.map(({ app }) => readIf<Defined>(event, `${api.app(slug, app)}/definition`)),
  ]);
  const benches: Bench[] = defined.flatMap((one) =>
    // A PIN is not enough for health data.
    one && one.definition.classification !== 'health'
      ? {
          app: one.app,
          steps: Object.entries(one.definition.steps).flatMap(([step, { label, end, retired }]) =>
            end || retired ? [] : { step, label },
          ),
        }
      : [],
  );
  return { stations, lockedOut, benches };
};
