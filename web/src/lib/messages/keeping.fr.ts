import { pluralIn } from './plural.ts';

const plural = pluralIn('fr');

/** How files are kept, and the key that opens them without us. */
export const keeping = {
  title: 'Coffre',
  lead: 'Les fichiers sont chiffrés là où ils sont gardés, relus régulièrement, et s’ouvrent sans Vigie avec la clé de secours.',
  closed: 'Le coffre est fermé',
  closedHint:
    'Aucun fichier ne peut être gardé tant qu’il n’y a pas de clé de secours. Ayez une imprimante prête : la clé n’est montrée qu’une fois.',
  open: 'Créer la clé de secours',
  state: 'État',
  since: (when: string) => `Ouvert depuis le ${when}`,
  files: 'Fichiers',
  filesOf: (n: number) => plural(n, 'fichier', 'fichiers'),
  stored: 'Place prise, chiffré',
  ofQuota: (stored: string, quota: string) => `${stored} sur ${quota}`,
  noQuota: (stored: string) => `${stored}, sans limite fixée`,
  verified: 'Relu et vérifié',
  verifiedSince: (when: string) => `tout, depuis le ${when}`,
  nothingYet: 'rien à relire encore',
  lies: 'Où',
  places: { folder: 'un dossier de cette machine', s3: 'un stockage S3' },
  whole: 'Aucun fichier abîmé',
  damaged: (n: number) => plural(n, 'fichier abîmé ou absent', 'fichiers abîmés ou absents'),
  kinds: {
    missing: (n: number) => plural(n, 'absent', 'absents'),
    corrupt: (n: number) => plural(n, 'abîmé', 'abîmés'),
    unreadable: (n: number) => plural(n, 'illisible pour le moment', 'illisibles pour le moment'),
  },
  kind: { missing: 'absent', corrupt: 'abîmé', unreadable: 'illisible pour le moment' },
  elsewhere: (n: number) =>
    `${plural(n, 'autre, dans une fiche', 'autres, dans des fiches')} que votre rôle ne lit pas, ou dans aucune.`,
  damagedHint:
    'Rien d’abîmé n’est donné à personne. Qui administre la machine voit lesquels par « vigie vault status », et remet le fichier depuis une copie du coffre ; le déposer à nouveau le guérit aussi.',
  see: 'Voir le coffre',
  recovery: 'Clé de secours',
  recoveryLead:
    'Une feuille de papier, sous clé, hors de la machine. Elle ouvre tous les fichiers même si le serveur, sa clé et sa base sont perdus. Personne d’autre ne l’a : Vigie ne la garde pas.',
  kept: (when: string) => `Imprimée et rangée, le ${when}.`,
  notKept: (when: string) =>
    `Créée le ${when}, et personne n’a dit l’avoir imprimée. Si personne ne l’a, créez-en une autre.`,
  another: 'Créer une autre clé de secours',
  anotherHint:
    'Si la feuille est perdue, ou que quelqu’un d’autre l’a eue en main. L’ancienne ouvre encore ce qui a été gardé avec elle. Tous les administrateurs sont prévenus.',
  once: 'Elle n’est montrée que maintenant.',
  onceHint: 'Imprimez cette feuille, vérifiez qu’elle se lit, puis confirmez en bas.',
  print: 'Imprimer la feuille',
  confirm: 'La feuille est imprimée',
  confirmLabel: 'Les six derniers caractères de la clé, lus sur la feuille',
  confirmWrong: 'Ce ne sont pas les six derniers caractères de cette clé. Relisez la feuille.',
  confirmDo: 'Elle est imprimée et sera mise sous clé',
  confirmed: 'C’est noté. Rangez la feuille hors ligne.',
  noScript:
    'Cette page a besoin de JavaScript. Sans lui : « vigie vault open » ou « vigie vault recovery », sur la machine.',
  qr: 'La même clé en code QR',
};
