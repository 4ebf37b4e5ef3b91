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
} from './house.ts';
export { allOrganisations } from './store.ts';
