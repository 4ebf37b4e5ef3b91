import type { Command } from 'commander';

import { group, type Made } from '../command.ts';
import { importBag } from '../vault/bring.ts';
import { exportBag } from '../vault/export.ts';
import { open, quota, recovery } from '../vault/keys.ts';
import { recover } from '../vault/recover.ts';
import { status } from '../vault/status.ts';
import { verify } from '../vault/verify.ts';

/** How files are kept, verified, taken out and got back. */
export const vault = (made: Made): Command =>
  group(made, {
    usage: 'vault',
    does: made.say(
      'les fichiers gardés : status, open, recovery, quota, verify, export, import, recover',
      'kept files: status, open, recovery, quota, verify, export, import, recover',
    ),
    examples: [
      'vigie vault status',
      'vigie vault verify',
      'vigie vault export ./kerlann --organisation kerlann',
    ],
  })
    .addCommand(status(made))
    .addCommand(open(made))
    .addCommand(recovery(made))
    .addCommand(quota(made))
    .addCommand(verify(made))
    .addCommand(exportBag(made))
    .addCommand(importBag(made))
    .addCommand(recover(made));
