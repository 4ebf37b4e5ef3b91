import { patient } from '#lib/api/patient.ts';
import type { ClientInit } from '@sveltejs/kit/hooks';

export const init: ClientInit = () => {
  window.fetch = patient(window.fetch);
};
