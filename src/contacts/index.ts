export { type Contact, contactsById, eraseContacts } from './store.ts';
export { keepContact, keepContacts, writesContact } from './keep.ts';
