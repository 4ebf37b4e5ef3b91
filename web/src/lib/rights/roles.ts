import { api } from '../api/paths.ts';
import { read } from '../api/read.ts';
import type { Definition, Text } from '../api/types.ts';

/** The installed apps, as administrators know them: also those in which they have no role. */
export interface AppRoles {
  readonly app: string;
  readonly title: Text;
  readonly classification: string;
  readonly roles: Definition['roles'];
}

/** What apps and their roles are called here. */
export const readRoles = async (
  event: Parameters<typeof read>[0],
  organisation: string,
): Promise<readonly AppRoles[]> => {
  const { apps } = await read<{ apps: { app: string; definition: Definition }[] }>(
    event,
    `${api.organisation(organisation)}/apps`,
  );
  return apps.map(({ app, definition }) => ({
    app,
    title: definition.title,
    classification: definition.classification,
    roles: definition.roles,
  }));
};

interface Speaker {
  say(text: Text): string;
  siteName(slug: string): string;
}

export const appName = (words: Speaker, apps: readonly AppRoles[], app: string): string => {
  const found = apps.find((one) => one.app === app);
  return found ? words.say(found.title) : app;
};

/** `Voirie · Équipe`, as a person would say it. */
export const roleName = (words: Speaker, apps: readonly AppRoles[], app: string, role: string): string => {
  const label = apps.find((one) => one.app === app)?.roles[role]?.label;
  return `${appName(words, apps, app)} · ${label ? words.say(label) : role}`;
};
