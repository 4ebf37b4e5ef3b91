import type { Problem, ProblemCode, Refusal, RefusalCode } from './problem.ts';

type Params = { readonly [name: string]: string | number };
type Said = (params: Params) => string;
type Locale = 'fr' | 'en';

const problems: { readonly [L in Locale]: { readonly [C in ProblemCode]: Said } } = {
  fr: {
    required: () => 'À remplir.',
    unknown_field: () => 'Ce champ n’existe pas dans cette application.',
    retired_field: () => 'Ce champ ne sert plus.',
    not_editable: () => 'Ce champ ne peut pas être rempli ici.',
    text_expected: () => 'Un texte est attendu.',
    too_long: ({ max, length }) => `Trop long : ${length} caractères, ${max} au plus.`,
    number_expected: () => 'Un nombre est attendu, par exemple 12,5.',
    whole_number_expected: () => 'Un nombre entier est attendu.',
    too_small: ({ min }) => `Au moins ${min}.`,
    too_large: ({ max }) => `Au plus ${max}.`,
    yes_or_no_expected: () => 'Répondez par oui ou par non.',
    unknown_choice: ({ allowed }) => `Ce choix n’est pas proposé. Choisissez parmi : ${allowed}.`,
    date_expected: () => 'Une date est attendue, par exemple 2026-03-29.',
    datetime_expected: () => 'Une date et une heure sont attendues, par exemple 2026-03-29T14:30:00+02:00.',
    place_expected: () => 'Un lieu est attendu : latitude et longitude, et si possible une adresse.',
    latitude_out_of_range: () => 'La latitude va de −90 à 90.',
    longitude_out_of_range: () => 'La longitude va de −180 à 180.',
    unknown_file: () => 'Ce fichier n’est pas là, ou n’est pas à vous : déposez-le de nouveau.',
    contact_expected: () => 'Un contact est attendu : son nom, et si possible une adresse ou un téléphone.',
    phone_expected: () => 'Ce numéro de téléphone ne se compose pas.',
    email_expected: () => 'Cette adresse n’est pas complète, par exemple nom@exemple.fr.',
    lines_expected: () => 'Chaque ligne a un produit, une quantité, un prix unitaire et une TVA.',
    too_many: ({ max }) => `Au plus ${max}.`,
    files_expected: () => 'Des fichiers déposés sont attendus, chacun par son identifiant.',
    too_many_files: ({ max, count }) => `Trop de fichiers : ${count}, ${max} au plus.`,
    same_file_twice: () => 'Ce fichier est déjà dans la liste.',
  },
  en: {
    required: () => 'To be filled in.',
    unknown_field: () => 'This app has no such field.',
    retired_field: () => 'This field is no longer used.',
    not_editable: () => 'This field cannot be filled in here.',
    text_expected: () => 'A text is expected.',
    too_long: ({ max, length }) => `Too long: ${length} characters, at most ${max}.`,
    number_expected: () => 'A number is expected, such as 12.5.',
    whole_number_expected: () => 'A whole number is expected.',
    too_small: ({ min }) => `At least ${min}.`,
    too_large: ({ max }) => `At most ${max}.`,
    yes_or_no_expected: () => 'Answer yes or no.',
    unknown_choice: ({ allowed }) => `This is not one of the choices. Choose among: ${allowed}.`,
    date_expected: () => 'A date is expected, such as 2026-03-29.',
    datetime_expected: () => 'A date and time are expected, such as 2026-03-29T14:30:00+02:00.',
    place_expected: () => 'A place is expected: latitude and longitude, and if possible an address.',
    latitude_out_of_range: () => 'Latitude goes from −90 to 90.',
    longitude_out_of_range: () => 'Longitude goes from −180 to 180.',
    unknown_file: () => 'This file is not there, or not yours: put it there again.',
    contact_expected: () => 'A contact is expected: a name, and if possible an address or a phone number.',
    phone_expected: () => 'This phone number cannot be dialled.',
    email_expected: () => 'This address is not complete; it should look like name@example.org.',
    lines_expected: () => 'Each line has a product, a quantity, a unit price and a VAT rate.',
    too_many: ({ max }) => `At most ${max}.`,
    files_expected: () => 'Uploaded files are expected, each by its identifier.',
    too_many_files: ({ max, count }) => `Too many files: ${count}, at most ${max}.`,
    same_file_twice: () => 'This file is in the list already.',
  },
};

const refusals: { readonly [L in Locale]: { readonly [C in RefusalCode]: Said } } = {
  fr: {
    not_found: () => 'Rien ici, ou rien que vous puissiez voir.',
    forbidden: () => 'Votre rôle ne permet pas cela. Demandez à un administrateur si c’est une erreur.',
    invalid: () => 'Certaines valeurs sont à corriger. Rien n’a été enregistré.',
    unknown_move: ({ move }) => `Cette application ne connaît pas l’action « ${move} ».`,
    move_not_from_here: () =>
      'Ce n’est plus possible depuis cette étape : quelqu’un l’a peut-être déjà fait.',
    move_not_for_this_ticket: () => 'Cette action ne s’applique pas ici.',
    held_not_ended: ({ open }) =>
      open === 1 ? 'Il en reste un à terminer.' : `Il en reste ${open} à terminer.`,
    no_next_step: () => 'Il n’y a pas d’étape suivante sur ce parcours.',
    closed: () => 'C’est terminé : plus rien ne peut y changer.',
    version_conflict: () =>
      'Quelqu’un d’autre vient de le modifier. Rien de vous n’est perdu : comparez, puis enregistrez.',
    nothing_to_change: () => 'Il n’y a rien à changer.',
    comment_required: () => 'Écrivez un commentaire.',
    comment_too_long: ({ max, length }) => `Commentaire trop long : ${length} caractères, ${max} au plus.`,
    nothing_to_undo: () =>
      'Il n’y a rien à annuler : quelque chose s’est passé depuis, ou ce n’était pas vous.',
    undo_too_late: () => 'La minute est passée : faites le mouvement inverse.',
    holder_not_found: ({ holder }) =>
      holder ? `« ${holder} » n’existe pas.` : 'Dites à quoi cela appartient.',
    holder_closed: ({ holder }) => `« ${holder} » est terminé : rien ne peut y être ajouté.`,
    holder_wrong_app: () => 'Rien ne peut contenir ce genre de travail.',
    unknown_member: () => 'Personne de ce nom ne travaille ici.',
    unknown_site: ({ site }) => `Le site « ${site} » n’existe pas.`,
    site_required: () => 'Choisissez un site.',
    reference_taken: () => 'Cela existe déjà.',
    bad_cursor: () => 'Cette page n’existe plus. Revenez au début de la liste.',
  },
  en: {
    not_found: () => 'Nothing here, or nothing you may see.',
    forbidden: () => 'Your role does not allow this. Ask an administrator if this is a mistake.',
    invalid: () => 'Some values need correcting. Nothing was saved.',
    unknown_move: ({ move }) => `This app knows no move "${move}".`,
    move_not_from_here: () => 'This is no longer possible from this step: somebody may have done it already.',
    move_not_for_this_ticket: () => 'This move does not apply here.',
    held_not_ended: ({ open }) =>
      open === 1 ? 'One is still to be finished.' : `${open} are still to be finished.`,
    no_next_step: () => 'There is no next step on this route.',
    closed: () => 'This has ended: nothing in it can change any more.',
    version_conflict: () =>
      'Somebody else has just changed it. Nothing of yours is lost: compare, then save.',
    nothing_to_change: () => 'There is nothing to change.',
    comment_required: () => 'Write a comment.',
    comment_too_long: ({ max, length }) => `Comment too long: ${length} characters, at most ${max}.`,
    nothing_to_undo: () => 'There is nothing to undo: something has happened since, or it was not you.',
    undo_too_late: () => 'The minute has passed: make the opposite move.',
    holder_not_found: ({ holder }) => (holder ? `There is no "${holder}".` : 'Say what this belongs to.'),
    holder_closed: ({ holder }) => `"${holder}" has ended: nothing can be added to it.`,
    holder_wrong_app: () => 'Nothing can hold this kind of work.',
    unknown_member: () => 'Nobody of that name works here.',
    unknown_site: ({ site }) => `There is no site "${site}".`,
    site_required: () => 'Choose a site.',
    reference_taken: () => 'This exists already.',
    bad_cursor: () => 'This page no longer exists. Go back to the start of the list.',
  },
};

/** Why something was refused, in words for the person who asked. */
export const sayRefusal = (refusal: Refusal, locale: Locale): string =>
  refusals[locale][refusal.code](refusal.params ?? {});

/** What is wrong with one value, in words for the person who wrote it. */
export const sayProblem = (problem: Problem, locale: Locale): string =>
  problems[locale][problem.code](problem.params ?? {});
