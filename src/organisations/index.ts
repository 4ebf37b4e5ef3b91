export { createOrganisation, type NewOrganisation, type NewSite } from './create.ts';
export {
  appOf,
  type House,
  type Houses,
  type Installed,
  openHouses,
  openTimeAt,
  type Site,
  timeZoneAt,
  urlOf,
} from './house.ts';
export { allOrganisations, setSettings, type Settings, setUrl } from './store.ts';
export { deleteWhole } from './whole/delete.ts';
export { dueDeletions, shelfCleared, shelvesToClear } from './whole/store.ts';
