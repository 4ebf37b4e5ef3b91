import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sayNotice } from './words.ts';

const RULE = {
  on: 'open',
  to: 'clerk',
  subject: '{reference}: {heading}',
  text: '{heading} ({step}, {due})',
} as const;

// asvs 1.3.5 1.3.7 1.3.10
test('what somebody typed stands in a notice as they typed it, whatever it looks like', () => {
  for (const heading of ['{step}', '{due}{organisation}', "$& $' $` $1 $$", '{{heading}}', '%s %n']) {
    const about = {
      organisation: 'Kerlann',
      reference: 'V-1',
      heading,
      step: 'Reçu',
      site: 'Mairie',
      lateness: 'late' as const,
      due: 'demain',
      url: null,
    };
    assert.deepEqual(sayNotice(RULE, about, 'fr'), {
      subject: `V-1: ${heading}`,
      body: `${heading} (Reçu, demain)`,
    });
  }
});
