import { forHealth } from 'vigie/define';
import remise from '../remise/app.ts';

/** `remise` for health data: one hand-over in a space of `echange-sante`. */
export default forHealth(remise, {
  app: 'remise-sante',
  title: { fr: 'Remises santé', en: 'Health hand-overs' },
  reference: '{holder}-{nth}',
});
