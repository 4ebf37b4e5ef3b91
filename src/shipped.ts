import atelierDemo from '../apps/atelier/demo.ts';
import atelier from '../apps/atelier/app.ts';
import travail from '../apps/travail/app.ts';
import voirieDemo from '../apps/voirie/demo.ts';
import voirie from '../apps/voirie/app.ts';
import type { AppDefinition, Demo } from './engine/index.ts';

/** The apps that come with Vigie. */
export const shippedApps: readonly AppDefinition[] = [atelier, travail, voirie];

/** The stories of the demonstration. */
export const shippedDemos: readonly Demo[] = [atelierDemo, voirieDemo];
