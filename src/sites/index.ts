export { calendarOf } from './calendars.ts';
export { checkOpeningHours } from './hours.ts';
