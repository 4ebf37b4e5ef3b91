/** What was refused, as codes and figures: `messages.ts` says it in the reader's language. */
export type ProblemCode =
  | 'required'
  | 'unknown_field'
  | 'retired_field'
  | 'not_editable'
  | 'text_expected'
  | 'too_long'
  | 'number_expected'
  | 'whole_number_expected'
  | 'too_small'
  | 'too_large'
  | 'yes_or_no_expected'
  | 'unknown_choice'
  | 'date_expected'
  | 'datetime_expected'
  | 'place_expected'
  | 'latitude_out_of_range'
  | 'longitude_out_of_range'
  | 'contact_expected'
  | 'unknown_file'
  | 'phone_expected'
  | 'email_expected'
  | 'lines_expected'
  | 'too_many'
  | 'files_expected'
  | 'too_many_files'
  | 'same_file_twice';

export interface Problem {
  /** Where: `fields.place.lat`. */
  readonly path: string;
  readonly code: ProblemCode;
  readonly params?: { readonly [name: string]: string | number };
}

export type RefusalCode =
  | 'not_found'
  | 'forbidden'
  | 'invalid'
  | 'unknown_move'
  | 'move_not_from_here'
  | 'move_not_for_this_ticket'
  | 'held_not_ended'
  | 'no_next_step'
  | 'closed'
  | 'version_conflict'
  | 'nothing_to_change'
  | 'comment_required'
  | 'comment_too_long'
  | 'nothing_to_undo'
  | 'undo_too_late'
  | 'holder_not_found'
  | 'holder_closed'
  | 'holder_wrong_app'
  | 'unknown_member'
  | 'unknown_site'
  | 'site_required'
  | 'reference_taken'
  | 'bad_cursor';

export interface Refusal {
  readonly code: RefusalCode;
  readonly params?: { readonly [name: string]: string | number };
  readonly problems?: readonly Problem[];
}

/** Thrown by an operation to end its transaction; HTTP and the CLI turn it into words. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}
