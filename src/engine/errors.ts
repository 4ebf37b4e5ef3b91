/** A calendar was asked about an instant it does not reach, or for more open time than it holds. */
export class OutOfCalendar extends Error {
  override readonly name = 'OutOfCalendar';
}
