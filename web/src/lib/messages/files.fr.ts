const rules = new Intl.PluralRules('fr');
const plural = (n: number, one: string, other: string): string =>
  `${new Intl.NumberFormat('fr-FR').format(n)} ${rules.select(n) === 'one' ? one : other}`;

export const files = {
  choose: 'Choisir des fichiers',
  choosePictures: 'Choisir des photos',
  photo: 'Prendre une photo',
  folder: 'Choisir un dossier',
  drop: 'ou déposez-les ici, dossiers compris',
  dropNow: 'Lâchez : tout sera pris',
  most: (n: number) => plural(n, 'fichier au plus', 'fichiers au plus'),
  more: (n: number) => `encore ${plural(n, 'fichier au plus', 'fichiers au plus')}`,
  count: (n: number) => plural(n, 'fichier', 'fichiers'),
  there: (n: number) => plural(n, 'fichier déjà sur la fiche', 'fichiers déjà sur la fiche'),
  overall: (done: number, total: number) => `${done} sur ${plural(total, 'fichier', 'fichiers')}`,
  bytes: (sent: string, total: string) => `${sent} sur ${total}`,
  progress: 'Envoi des fichiers',
  progressOf: (name: string) => `Envoi de ${name}`,
  pause: 'Mettre en pause',
  resume: 'Reprendre',
  pauseOf: (name: string) => `Mettre ${name} en pause`,
  resumeOf: (name: string) => `Reprendre ${name}`,
  retry: 'Réessayer',
  removeOf: (name: string) => `Retirer ${name}`,
  removed: (name: string) => `${name} est retiré.`,
  removedMany: (n: number) => plural(n, 'fichier retiré.', 'fichiers retirés.'),
  removeAll: 'Tout retirer',
  state: {
    queued: 'attend son tour',
    sending: 'en cours',
    paused: 'en pause',
    waiting: 'attend le réseau',
    done: 'arrivé',
    failed: 'pas pris',
  },
  offline: 'Pas de réseau. Ce qui est arrivé est gardé, la suite partira toute seule.',
  wait: 'L’envoi finit, puis la fiche s’enregistre.',
  again: (n: number): string =>
    n === 1
      ? 'Un envoi a été interrompu. Choisissez de nouveau ce fichier : ce qui est arrivé ne sera pas renvoyé.'
      : 'Des envois ont été interrompus. Choisissez de nouveau ces fichiers : ce qui est arrivé ne sera pas renvoyé.',
  forget: 'Ne plus y penser',
  tooMany: (most: number, left: number) =>
    left === 0
      ? `Le champ a déjà ses ${plural(most, 'fichier', 'fichiers')} : rien n’est ajouté.`
      : `${plural(most, 'fichier au plus', 'fichiers au plus')} : les ${left} premiers sont pris.`,
  twice: (n: number) => `${plural(n, 'fichier est déjà là', 'fichiers sont déjà là')} : pas pris deux fois.`,
  none: 'Rien à prendre dans ce qui a été déposé.',
  unreadable: 'Ce fichier ne se lit plus : il a été déplacé ou changé. Choisissez-le de nouveau.',
  someFailed: 'Un fichier n’est pas arrivé. Retirez-le ou réessayez, puis envoyez la fiche.',
  failed: 'Le serveur n’en a pas voulu.',
  notHere:
    'Pas d’ici : les fichiers s’ajoutent par un lien de dépôt, s’il vous en a été donné un, ou depuis un compte.',
  add: 'Ajouter',
  addTo: (label: string) => `Ajouter : ${label}`,
  added: (n: number) => plural(n, 'fichier ajouté.', 'fichiers ajoutés.'),
  empty: 'Rien encore.',
  show: (name: string) => `Voir ${name} en grand`,
  previous: 'Précédente',
  next: 'Suivante',
  nth: (n: number, total: number) => `${n} sur ${total}`,
  download: 'Télécharger',
  downloadOf: (name: string) => `Télécharger ${name}`,
  downloadAll: (n: number) => `Tout télécharger (${plural(n, 'fichier', 'fichiers')}, zip)`,
  remove: 'Retirer',
  found: 'Trouvé dans la photo',
  takenAt: 'Prise le',
  place: 'Lieu',
  camera: 'Appareil',
  size: 'Taille',
  kept: {
    waiting: 'en cours de vérification',
    quarantined: 'en quarantaine',
  },
  reason: {
    infected: 'Un virus y a été reconnu. Personne ne peut l’ouvrir ; retirez-le et prévenez qui l’a donné.',
    not_scanned: 'L’antivirus n’a pas répondu. Il sera regardé de nouveau tout seul.',
    too_large_to_scan: 'Trop grand pour l’antivirus. Un administrateur décide.',
    health_data:
      'Il contient des données de santé, qui n’ont pas leur place ici. Mettez-le dans un espace de santé, puis retirez-le.',
    not_accepted: 'Ce champ ne prend pas cette sorte de fichier. Retirez-le.',
    too_many_pixels: 'Cette image est trop grande pour être ouverte sans risque. Envoyez-la en plus petit.',
    not_examined: 'Il n’a pas pu être examiné. Il sera regardé de nouveau tout seul.',
  } as Record<string, string>,
  quarantined: 'Il n’est donné à personne.',
  warned: 'À vérifier : il pourrait contenir des données personnelles de santé.',
  print: 'Planche-contact',
};
