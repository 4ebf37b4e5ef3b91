import type { House } from '../house.ts';
import type { Table } from './store.ts';

const WHAT: { readonly [table: string]: string } = {
  api_key: 'clés des programmes / keys of programs',
  contact: 'personnes et partenaires extérieurs / people and partners outside',
  blob: 'où les fichiers sont gardés, et leur état / where files are kept, and how they are',
  deletion: 'suppression demandée / deletion asked for',
  draft: 'saisies refusées, gardées une heure / what was typed and refused, kept an hour',
  event: 'tout ce qui s’est passé, jamais modifié / all that happened, never changed',
  file: 'fichiers : leur nom est scellé, leur contenu n’est pas ici / files: their names are sealed, their content is not here',
  event_order: 'l’ordre des événements / the order of events',
  installed_app: 'applications et leurs réglages / apps and their settings',
  member: 'membres / members',
  member_role: 'rôles des membres / roles of members',
  notice: 'messages envoyés / messages sent',
  session: 'connexions / sessions',
  site: 'sites et horaires / sites and hours',
  ticket: 'fiches, comme elles sont / tickets, as they are',
};

/** What each file of an export is, for whoever opens it in ten years. */
export const readmeOf = (
  house: House,
  tables: readonly Table[],
  counts: ReadonlyMap<string, number>,
  now: number,
): string => {
  const width = Math.max(...tables.map(({ name }) => name.length));
  const lines = tables.map(({ name, left }) => {
    const rows = String(counts.get(name) ?? 0).padStart(9);
    const without = left.length > 0 ? ` (sans / without ${left.join(', ')})` : '';
    return `  tables/${`${name}.jsonl`.padEnd(width + 6)} ${rows}  ${WHAT[name] ?? ''}${without}`.trimEnd();
  });
  return [
    `${house.name} (${house.slug}) – export complet du ${new Date(now).toISOString()}`,
    `Complete export of ${house.name}, made by Vigie.`,
    '',
    'Tout est de cet instant. Vérifier : sha256sum -c SHA256SUMS',
    'Everything is of that instant. To verify: sha256sum -c SHA256SUMS',
    '',
    'DONNÉES PERSONNELLES : les champs scellés y sont. À garder comme elles.',
    'PERSONAL DATA: sealed fields are included. Keep it as such.',
    '',
    `Les fichiers eux-mêmes s’exportent à part, avec leurs noms : vigie vault export --organisation ${house.slug} DOSSIER`,
    `Files themselves are exported apart, with their names: vigie vault export --organisation ${house.slug} FOLDER`,
    '',
    'UTF-8. Un fichier par table, une ligne par enregistrement, en JSON ; une grande table peut continuer dans',
    '`nom.2.jsonl`. Les instants sont en ISO 8601. / One file a table, one line a row, as JSON; a large table may',
    'go on in `name.2.jsonl`. Instants are ISO 8601.',
    '',
    '  organisation.json   l’organisation / the organisation',
    '  definitions/        chaque version d’application utilisée : champs, étapes, rôles /',
    '                      every version of an app that was used: fields, steps, roles',
    ...lines,
    '',
  ].join('\n');
};
