import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Defined, RoleHeld } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';
import type { Member } from './member.ts';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:settings');
  const slug = event.params.organisation;
  const { organisation } = await event.parent();
  const [{ members }, ...defined] = await Promise.all([
    read<{ members: Member[] }>(event, `${api.organisation(slug)}/members`),
    ...organisation.apps.map(({ app }) => readIf<Defined>(event, `${api.app(slug, app)}/definition`)),
  ]);
  const roles = defined.flatMap((one) =>
    one
      ? Object.entries(one.definition.roles)
          .filter(([, { guest }]) => !guest)
          .map(
            ([role, { label }]) =>
              ({ app: one.app, role, label }) satisfies Omit<RoleHeld, 'site'> & { label: unknown },
          )
      : [],
  );
  return { members, roles };
};
