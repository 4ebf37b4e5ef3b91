export { endAnyLink } from './links.ts';
export { openLinks } from './store.ts';
