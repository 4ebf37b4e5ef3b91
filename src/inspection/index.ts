export { type Inspector, startInspector } from './inspector.ts';
export { BEGINNING, typeOf } from './type.ts';
