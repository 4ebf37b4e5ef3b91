import atelierDemo from '../apps/atelier/demo.ts';
import atelier from '../apps/atelier/app.ts';
import radeDemo from '../apps/echange/demo.ts';
import echange from '../apps/echange/app.ts';
import echangeSante from '../apps/echange-sante/app.ts';
import phareDemo from '../apps/phototheque/demo.ts';
import phototheque from '../apps/phototheque/app.ts';
import garenneDemo from '../apps/remise/demo.ts';
import remise from '../apps/remise/app.ts';
import remiseSante from '../apps/remise-sante/app.ts';
import travail from '../apps/travail/app.ts';
import voirieDemo from '../apps/voirie/demo.ts';
import voirie from '../apps/voirie/app.ts';
import type { AppDefinition, Demo } from './engine/index.ts';

/** The apps that come with Vigie. */
export const shippedApps: readonly AppDefinition[] = [
  atelier,
  travail,
  voirie,
  echange,
  remise,
  echangeSante,
  remiseSante,
  phototheque,
];

/** The stories of the demonstration. */
export const shippedDemos: readonly Demo[] = [atelierDemo, voirieDemo, radeDemo, garenneDemo, phareDemo];
