import { pluralIn } from './plural.ts';

/** What a deed speaks of, in words. */
export interface Said {
  readonly member: string;
  readonly key: string;
  readonly site: string;
  readonly app: string;
  readonly given: string;
  readonly taken: string;
  readonly fields: string;
  readonly kept: number;
  readonly removed: number;
  readonly count: number;
}

const plural = pluralIn('fr');

const both = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ; ');

/** Each type of deed: a title for the filter, and what it says. A type that is not here is shown as it is. */
const deeds: Record<string, { readonly title: string; readonly say: (said: Said) => string }> = {
  member_added: {
    title: 'Membre ajouté',
    say: ({ member, given }) => both(`a ajouté ${member}`, given && `rôles : ${given}`),
  },
  member_changed: { title: 'Membre modifié', say: ({ member, fields }) => `a modifié ${member} (${fields})` },
  member_disabled: { title: 'Accès fermé', say: ({ member }) => `a fermé l'accès de ${member}` },
  member_enabled: { title: 'Accès rouvert', say: ({ member }) => `a rouvert l'accès de ${member}` },
  member_left: {
    title: 'Départ',
    say: ({ member, count }) =>
      both(
        `a enregistré le départ de ${member}`,
        count > 0 ? plural(count, 'fiche transmise', 'fiches transmises') : '',
      ),
  },
  roles_changed: {
    title: 'Rôles donnés ou retirés',
    say: ({ member, given, taken }) =>
      both(given && `a donné à ${member} : ${given}`, taken && `a retiré à ${member} : ${taken}`),
  },
  administrator_given: {
    title: 'Administration donnée',
    say: ({ member }) => `a nommé ${member} administrateur`,
  },
  administrator_taken: {
    title: 'Administration retirée',
    say: ({ member }) => `a retiré l'administration à ${member}`,
  },
  sign_in_link_made: {
    title: 'Lien de connexion',
    say: ({ member }) => `a fait un lien de connexion pour ${member}`,
  },
  key_made: { title: 'Clé créée', say: ({ key, app }) => `a créé la clé « ${key} » (${app})` },
  key_given: { title: 'Clé transmise', say: ({ key, member }) => `a transmis la clé « ${key} » à ${member}` },
  key_revoked: { title: 'Clé révoquée', say: ({ key }) => `a révoqué la clé « ${key} »` },
  site_added: { title: 'Site ajouté', say: ({ site }) => `a ajouté le site ${site}` },
  site_changed: { title: 'Site modifié', say: ({ site, fields }) => `a modifié le site ${site} (${fields})` },
  app_changed: { title: 'Application réglée', say: ({ app }) => `a changé les réglages de ${app}` },
  version_installed: { title: 'Version installée', say: ({ app }) => `a installé une version de ${app}` },
  review_started: { title: 'Revue commencée', say: () => 'a commencé une revue des droits' },
  review_finished: {
    title: 'Revue terminée',
    say: ({ kept, removed }) =>
      `a terminé la revue des droits : ${plural(kept, 'gardé', 'gardés')}, ${plural(removed, 'retiré', 'retirés')}`,
  },
  review_due: { title: 'Revue à faire', say: () => 'a rappelé que la revue des droits est à faire' },
  passkey_added: {
    title: 'Clé d’accès ajoutée',
    say: ({ member }) => `une clé d’accès a été ajoutée pour ${member}`,
  },
  passkey_removed: {
    title: 'Clé d’accès retirée',
    say: ({ member }) => `une clé d’accès de ${member} a été retirée`,
  },
  passkey_went_back: {
    title: 'Clé d’accès refusée',
    say: ({ member }) => `une clé d’accès de ${member} a été refusée : son compteur revenait en arrière`,
  },
  invited: { title: 'Invitation', say: ({ member }) => `a invité ${member} à se faire une clé d’accès` },
  security_changed: { title: 'Sécurité réglée', say: () => 'a changé la manière d’entrer' },
  identity_linked: { title: 'Identité reliée', say: ({ member }) => `une identité a été reliée à ${member}` },
  identity_unlinked: {
    title: 'Identité retirée',
    say: ({ member }) => `une identité de ${member} a été retirée`,
  },
  station_added: { title: 'Poste ajouté', say: () => 'a ajouté un poste' },
  station_code_made: { title: 'Code de poste', say: () => 'a fait un code pour associer un poste' },
  station_paired: { title: 'Poste associé', say: () => 'un poste a été associé' },
  station_revoked: { title: 'Poste révoqué', say: () => 'a révoqué un poste' },
  pin_chosen: { title: 'Code choisi', say: ({ member }) => `${member} a choisi son code` },
  pin_locked: {
    title: 'Code bloqué',
    say: ({ member }) => `le code de ${member} est bloqué après trop d’erreurs`,
  },
  pin_removed: { title: 'Code retiré', say: ({ member }) => `a retiré le code de ${member}` },
  pin_unlocked: { title: 'Code débloqué', say: ({ member }) => `a laissé ${member} réessayer son code` },
  guest_invited: { title: 'Lien de suivi', say: () => 'a fait un lien de suivi' },
  drop_made: { title: 'Demande de fichiers', say: () => 'a fait un lien pour déposer des fichiers' },
  drop_revoked: { title: 'Demande fermée', say: () => 'un lien pour déposer des fichiers a été fermé' },
  sealed_key_made: {
    title: 'Clé d’échange',
    say: ({ member }) => `a fait la clé d’échange scellé de ${member}`,
  },
  sealed_key_retired: {
    title: 'Clé d’échange retirée',
    say: ({ member }) => `a retiré la clé d’échange scellé de ${member}`,
  },
  sealed_lock_added: {
    title: 'Clé d’échange : façon d’ouvrir',
    say: () => 'a ajouté une façon d’ouvrir sa clé d’échange',
  },
  sealed_lock_removed: {
    title: 'Clé d’échange : façon retirée',
    say: () => 'a retiré une façon d’ouvrir sa clé d’échange',
  },
  sealed_escrow_made: { title: 'Séquestre', say: () => 'a mis en place un séquestre de l’échange scellé' },
  sealed_checked: {
    title: 'Fichier vérifié',
    say: () => 'a fait vérifier un fichier ouvert, qui n’est pas gardé',
  },
  share_made: { title: 'Fichiers partagés', say: () => 'a partagé des fichiers par un lien' },
  share_ended: { title: 'Partage fermé', say: () => 'a fermé un partage' },
  share_given: { title: 'Partage transmis', say: ({ member }) => `a transmis un partage à ${member}` },
  guest_revoked: { title: 'Lien fermé', say: () => 'un lien de suivi a été fermé' },
  file_quarantined: { title: 'Fichier retenu', say: () => 'un fichier a été mis en quarantaine' },
  file_moved: { title: 'Fichier déplacé', say: () => 'a déplacé un fichier vers un autre ticket' },
  file_released: { title: 'Fichier libéré', say: () => 'a libéré un fichier retenu' },
  organisation_created: { title: 'Organisation créée', say: () => 'a créé l’organisation' },
  organisation_exported: { title: 'Tout exporté', say: () => 'a exporté toute l’organisation' },
  vault_opened: { title: 'Coffre ouvert', say: () => 'a ouvert le coffre et créé sa clé de secours' },
  recovery_key_renewed: { title: 'Clé de secours', say: () => 'a créé une autre clé de secours' },
  recovery_key_kept: { title: 'Clé de secours', say: () => 'a dit avoir imprimé la clé de secours' },
  vault_damaged: { title: 'Fichiers abîmés', say: () => 'a trouvé des fichiers abîmés ou absents' },
  vault_healed: { title: 'Fichiers guéris', say: () => 'n’a plus trouvé de fichier abîmé' },
  quota_changed: { title: 'Quota', say: () => 'a changé le quota du coffre' },
  files_exported: { title: 'Fichiers exportés', say: () => 'a exporté des fichiers en un sac' },
  address_changed: { title: 'Adresse', say: () => 'a changé l’adresse de l’organisation' },
  deletion_asked: { title: 'Suppression demandée', say: () => 'a demandé la suppression de l’organisation' },
  deletion_cancelled: {
    title: 'Suppression annulée',
    say: () => 'a annulé la suppression de l’organisation',
  },
};

export const rights = {
  deeds,
  fields: {
    name: 'nom',
    email: 'adresse',
    locale: 'langue',
    openingHours: 'horaires',
    timeZone: 'fuseau',
  } as Record<string, string>,
  actor: {
    system: 'Vigie, en ligne de commande',
    unknown: 'quelqu’un',
    key: (name: string) => `clé ${name}`,
  },
  journal: {
    title: 'Journal',
    lead: 'Qui a changé quoi dans l’organisation : membres, rôles, clés, sites, applications.',
    person: 'Personne',
    everyone: 'tout le monde',
    kind: 'Quoi',
    everything: 'tout',
    filter: 'Filtrer',
    csv: 'Télécharger en CSV',
    empty: 'Rien à montrer. Ce que font les administrateurs s’écrit ici tout seul.',
    older: 'Plus ancien',
    newest: 'Revenir au plus récent',
  },
  keys: {
    owner: (name: string) => `de ${name}`,
    installation: 'de l’installation',
    expires: (when: string) => `expire : ${when}`,
    expired: (when: string) => `a expiré : ${when}`,
    soon: 'expire bientôt',
    never: 'n’expire pas',
    expiry: 'Elle vaut un an, et seulement tant que vous administrez.',
    demoted: {
      owner_disabled: 'ne sert plus : l’accès de son propriétaire est fermé',
      owner_not_administrator: 'ne sert plus : son propriétaire n’administre plus',
    },
  },
  leaving: {
    open: 'Préparer son départ',
    title: (name: string) => `Départ de ${name}`,
    lead: 'Ce que cette personne tient, et qui le reprend. Rien ne change avant que vous confirmiez.',
    tickets: 'Fiches en cours',
    ticketsOf: (n: number, app: string) => `${plural(n, 'fiche', 'fiches')} dans ${app}`,
    noTickets: 'Aucune fiche en cours.',
    nobody: 'personne : à reprendre par qui voudra',
    keys: 'Clés',
    noKeys: 'Aucune clé.',
    keyEnds: 'personne : la clé s’arrête',
    roles: 'Rôles',
    noRoles: 'Aucun rôle.',
    onlyOne: 'personne d’autre ne l’a',
    roleToNobody: 'ne le donner à personne',
    others: (n: number) => plural(n, 'autre personne l’a', 'autres personnes l’ont'),
    access: 'Accès',
    accessWhat: (sessions: number) =>
      `Son accès se ferme aussitôt : ${plural(sessions, 'session finie', 'sessions finies')}, liens de connexion morts, clés arrêtées ou transmises.`,
    comeBack: 'Cela se défait : la personne peut revenir. Ce qui a été transmis reste à qui l’a repris.',
    confirm: (name: string) => `Confirmer le départ de ${name}`,
    gone: (when: string) => `Départ enregistré : ${when}. Son accès est fermé.`,
    progress: (done: number, total: number) =>
      `${done} sur ${plural(total, 'fiche transmise', 'fiches transmises')}`,
    leftOver: (n: number) =>
      `${plural(n, 'fiche n’a pas pu être transmise', 'fiches n’ont pas pu être transmises')} : voyez la liste de l’application.`,
    back: 'Rouvrir son accès',
    backHint: 'Ses rôles lui reviennent ; les fiches et les clés transmises restent à qui les a reprises.',
  },
  review: {
    title: 'Revue des droits',
    lead: 'Une fois par an : qui peut quoi, depuis quand, servi quand. Garder ou retirer, d’un geste.',
    due: 'La dernière revue des droits a plus d’un an.',
    doIt: 'Faire la revue',
    begin: 'Commencer une revue',
    none: 'Pas encore de revue. La première dit qui peut quoi aujourd’hui.',
    of: (when: string) => `Revue du ${when}`,
    open: (left: number) => `en cours, reste ${left}`,
    finished: (when: string) => `terminée ${when}`,
    by: (name: string) => `par ${name}`,
    counts: (kept: number, removed: number) =>
      `${plural(kept, 'gardé', 'gardés')}, ${plural(removed, 'retiré', 'retirés')}`,
    answered: (done: number, total: number) => `${done} sur ${plural(total, 'droit revu', 'droits revus')}`,
    administrator: 'Administrateur',
    key: (name: string) => `Clé « ${name} »`,
    installation: 'Clés de l’installation',
    given: (when: string) => `donné ${when}`,
    givenBy: (when: string, name: string) => `donné ${when} par ${name}`,
    givenUnknown: 'donné avant que cela soit noté',
    used: (when: string) => `servi ${when}`,
    unused: 'jamais servi depuis que cela est noté',
    keep: 'Garder',
    remove: 'Retirer',
    kept: 'gardé',
    removed: 'à retirer',
    gone: 'retiré',
    unanswered: 'sans réponse',
    keepAll: 'Tout garder',
    keepAllOf: (name: string) => ` de ${name}`,
    end: 'Terminer',
    endLead: (removed: number) =>
      removed === 0
        ? 'Rien ne sera retiré.'
        : `${plural(removed, 'droit sera retiré', 'droits seront retirés')} :`,
    endWait: (left: number) => `Reste ${plural(left, 'droit', 'droits')} sans réponse.`,
    finish: 'Terminer la revue',
    print: 'Imprimer',
  },
  reads: {
    title: 'Lectures',
    lead: 'Qui a lu quoi. Des données de santé, chaque lecture est notée avant d’être montrée ; du travail interne, les fichiers emportés ; du public, rien. Ces traces sont gardées trois ans.',
    who: 'Qui a lu',
    ofTicket: (reference: string) => `Qui a lu ${reference}`,
    ofPerson: (name: string) => `Ce que ${name} a lu`,
    person: 'Ce qu’une personne a lu',
    ticket: 'Qui a lu une fiche',
    app: 'Application',
    reference: 'Référence',
    look: 'Regarder',
    choose: 'choisir',
    none: 'Aucune lecture notée.',
    notFound: 'Cette fiche n’existe pas.',
    tickets: (n: number) => plural(n, 'fiche', 'fiches'),
    file: (app: string) => `fichier de ${app}`,
    way: {
      ticket: 'fiche',
      history: 'journal de la fiche',
      list: 'liste',
      board: 'tableau',
      home: 'accueil',
      search: 'recherche',
      export: 'fichier',
      file: 'fichier',
      preview: 'aperçu',
      stream: 'page vivante',
      notices: 'envois',
      'set-aside': 'mis de côté',
      reads: 'lectures',
      act: 'en agissant',
    } as Record<string, string>,
  },
};
