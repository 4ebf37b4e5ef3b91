import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Defined, Text } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

interface Key {
  readonly id: string;
  readonly name: string;
  readonly app: string;
  readonly role: string;
  readonly site: string | null;
  readonly created: string;
  readonly lastUsed: string | null;
  readonly expires: string | null;
  readonly owner: { readonly name: string } | null;
  readonly demoted: 'owner_disabled' | 'owner_not_administrator' | null;
}

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:settings');
  const slug = event.params.organisation;
  const { organisation } = await event.parent();
  const [{ keys }, ...defined] = await Promise.all([
    read<{ keys: Key[] }>(event, `${api.organisation(slug)}/keys`),
    ...organisation.apps.map(({ app }) => readIf<Defined>(event, `${api.app(slug, app)}/definition`)),
  ]);
  const roles: { app: string; role: string; label: Text }[] = defined.flatMap((one) =>
    one
      ? Object.entries(one.definition.roles)
          .filter(([, { guest }]) => !guest)
          .map(([role, { label }]) => ({ app: one.app, role, label }))
      : [],
  );
  return { keys, roles };
};
