import type { Command } from 'commander';
import { system } from '../../engine/index.ts';
import { invite as inviteMember } from '../../passkeys/index.ts';
import { memberByEmail } from '../../people/store.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { administer, houseNamed } from '../administer.ts';
import { answer, describe, type Made } from '../command.ts';
import { Failure } from '../terminal.ts';

interface Options {
  readonly organisation: string;
  readonly json?: boolean;
}

/** How long it can be used, in days. */
const DAYS = 1;

/** An invitation from whoever has the machine in hand: for the only administrator, who lost their passkey. */
export const invite = (made: Made): Command => {
  const { say, terminal } = made;
  return describe(made, {
    usage: 'invite <email>',
    does: say(
      'une invitation à faire une clé d’accès, écrite une seule fois',
      'an invitation to make a passkey, told once',
    ),
    examples: ['vigie invite maelle@kerlann.example --organisation kerlann'],
    more: say(
      'Pour qui administre seul et a perdu sa clé ; les autres se font inviter depuis la page Membres. Elle sert une fois, pendant un jour ; le journal la garde, et la personne en est avertie.',
      'For a lone administrator who lost their passkey; others are invited from the Members page. It works once, for a day; the log keeps it, and the person is told.',
    ),
  })
    .requiredOption(
      '--organisation <name>',
      say('nom court de l’organisation', 'short name of the organisation'),
    )
    .action((email: string, options: Options) =>
      administer(terminal, async (office) => {
        const house = await houseNamed(terminal, office, options.organisation);
        const member = await asOrganisation(office.db, house.id, (tx) => memberByEmail(tx, house.id, email));
        if (!member)
          throw new Failure(
            1,
            'not_found',
            say(
              `Personne n’a l’adresse ${email} dans ${house.name}, ou son accès est fermé.`,
              `Nobody has the address ${email} in ${house.name}, or their access is closed.`,
            ),
          );
        const given = { memberId: member.id, days: DAYS };
        const { url } = await inviteMember(office.db, house, office.config.url, given, system, Date.now());
        answer(terminal, options.json, { url, name: member.name }, () => `${url}\n`);
      }),
    );
};
