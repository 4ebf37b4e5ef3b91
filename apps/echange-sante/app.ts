import { forHealth } from 'vigie/define';
import echange from '../echange/app.ts';

/** `echange` for health data: the same space, whose partners prove who they are. */
export default forHealth(echange, {
  app: 'echange-sante',
  title: { fr: 'Échange santé', en: 'Health exchange' },
  reference: 'ES-{seq}',
  holds: 'remise-sante',
});
