import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Ticket } from '../../client/index.ts';
import { keyFor } from '../harness/cast.ts';
import { stage, type Stage } from '../harness/vigie.ts';
import { run, type Ran } from './run.ts';

interface Counter extends Stage {
  readonly at: (...words: string[]) => Promise<Ran>;
  readonly key: string;
}

const DAY = 86_400_000;
const POTHOLE = [
  'kind=Nid-de-poule, chaussée',
  'place=47.62, -3.01 rue du Port',
  'note=Devant l’école',
] as const;

/** A server, and a terminal that has a clerk's key. */
const counter = async (t: TestContext): Promise<Counter> => {
  const on = await stage(t);
  const key = await keyFor(
    on.db,
    on.cast.maelle.organisationId,
    { app: 'voirie', role: 'clerk', site: null },
    on.clock.now(),
  );
  const environment = { VIGIE_URL: `${on.vigie.url}/kerlann`, VIGIE_KEY: key, LANG: 'fr_FR.UTF-8' };
  return { ...on, key, at: (...words) => run(['ticket', ...words], environment) };
};

test('a ticket is opened, moved and shown from a terminal, with values as a person types them', async (t) => {
  const { at } = await counter(t);
  const opened = await at('open', 'voirie', ...POTHOLE);
  assert.deepEqual([opened.exit, opened.err], [0, '']);
  assert.match(opened.out, /^V-2026-0001 {2}received {2}on time {2}Nid-de-poule, chaussée · rue du Port\n$/u);

  const moved = await at('move', 'voirie', 'V-2026-0001', 'sort', 'needs=De l’enrobé', '--json');
  const ticket = JSON.parse(moved.out) as Ticket;
  assert.deepEqual([ticket.step, ticket.fields['needs']], ['sorted', 'tar']);

  const shown = await at('show', 'voirie', 'V-2026-0001');
  assert.match(shown.out, /^étape +sorted$/mu);
  assert.match(shown.out, /moved +sort/u);
});

test('what is late is listed, what is about to be only when asked for', async (t) => {
  const { at, pass } = await counter(t);
  await at('open', 'voirie', ...POTHOLE);
  assert.equal((await at('late')).out, 'Rien n’est en retard.\n');
  await pass(7 * DAY);
  await at('open', 'voirie', ...POTHOLE);
  const late = await at('late');
  assert.equal(late.exit, 0);
  assert.match(late.out, /^V-2026-0001 +late/mu);
  const { tickets } = JSON.parse((await at('late', 'voirie', '--json')).out) as { tickets: Ticket[] };
  assert.deepEqual(
    tickets.map(({ reference }) => reference),
    ['V-2026-0001'],
  );
});

test('what is refused ends with 1 and says what is wrong with each value; a key is never repeated', async (t) => {
  const { at, key, vigie } = await counter(t);
  const refused = await at('open', 'voirie', 'kind=volcano');
  assert.equal(refused.exit, 1);
  assert.match(refused.err, /^ {2}kind: .*Choisissez parmi/mu);
  assert.match(refused.err, /^ {2}place: À remplir/mu);
  assert.equal((await at('move', 'voirie', 'V-2026-0001', 'sort')).exit, 1);
  assert.equal((await at('open', 'voirie', 'kind')).exit, 2);

  const wrong = `${key.slice(0, -4)}AAAA`;
  const stranger = await run(['ticket', 'late', '--key', wrong, '--url', `${vigie.url}/kerlann`, '--json']);
  assert.equal(stranger.exit, 1);
  assert.equal((JSON.parse(stranger.out) as { error: { code: string } }).error.code, 'not_signed_in');
  assert.ok(!`${stranger.out}${stranger.err}`.includes(wrong.slice(-20)));
});
