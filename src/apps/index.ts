export { definitionHash } from './hash.ts';
