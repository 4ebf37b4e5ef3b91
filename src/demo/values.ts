import type { AppDefinition } from '../engine/define.ts';
import type { DemoFields, DemoTime } from '../engine/demo.ts';
import { Temporal } from 'temporal-polyfill';
import { type DemoClock, demoInstant } from './time.ts';

/**
 * The fields of a story as the engine takes them: contacts by their id, dates and instants of this clock.
 * @param contacts ids by the keys of the story
 */
export const demoValues = (
  definition: AppDefinition,
  fields: DemoFields,
  clock: DemoClock,
  contacts: ReadonlyMap<string, string>,
): { readonly [field: string]: unknown } =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      switch (definition.fields[name]?.is) {
        case 'contact':
          return [name, { id: contacts.get(String(value)) }];
        case 'datetime':
          return [name, new Date(demoInstant(value as DemoTime, clock)).toISOString()];
        case 'date':
          return [name, dayOf(demoInstant(value as DemoTime, clock), clock.timeZone)];
        default:
          return [name, value];
      }
    }),
  );

const dayOf = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
