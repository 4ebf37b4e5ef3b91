export { formRoutes, KEPT as DRAFTS_KEPT } from './bridge.ts';
export { forgetDrafts, insertDraft } from './store.ts';
