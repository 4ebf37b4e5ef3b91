// SPDX-License-Identifier: MIT
import type { AppDefinition } from './define.ts';

const listed = (names: string | readonly string[]): readonly string[] =>
  typeof names === 'string' ? [names] : names;

/**
 * The same app for health data, so that the two never drift apart: what one becomes, the other is.
 * A link proves nothing of who has it, so roles of guests are left out, with what they alone may do.
 * @param said what the other is called; `holds` is the app that takes the place of the one held
 */
export const forHealth = (
  definition: AppDefinition,
  said: Pick<AppDefinition, 'app' | 'title' | 'reference'> & { readonly holds?: string },
): AppDefinition => {
  const isGuest = (role: string): boolean => definition.roles[role]?.guest === true;
  const moves = Object.fromEntries(
    Object.entries(definition.moves).flatMap(([name, move]) => {
      const by = listed(move.by).filter((role) => !isGuest(role));
      return by.length > 0 ? [[name, { ...move, by }]] : [];
    }),
  );
  const { holds, ...names } = said;
  return {
    ...definition,
    ...names,
    classification: 'health',
    ...(definition.holds && { holds: { ...definition.holds, app: holds ?? definition.holds.app } }),
    roles: Object.fromEntries(Object.entries(definition.roles).filter(([name]) => !isGuest(name))),
    moves,
    ...(definition.notify && {
      notify: definition.notify.filter(
        ({ on }) => !on.startsWith('move:') || Object.hasOwn(moves, on.slice('move:'.length)),
      ),
    }),
  };
};
