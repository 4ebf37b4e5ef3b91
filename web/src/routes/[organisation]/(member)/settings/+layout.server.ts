import { error } from '@sveltejs/kit';
import { messages } from '#lib/messages/index.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { organisation } = await event.parent();
  const { m } = { m: messages[organisation.me.locale] };
  if (!organisation.me.administrator) error(403, m.settings.only, { detail: m.settings.onlyHint });
  event.depends('vigie:settings');
  return {};
};
