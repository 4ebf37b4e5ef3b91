import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

const COMMANDS = ['up', 'plan', 'import', 'export', 'key', 'ticket', 'doctor', 'openapi', 'matrix'];
const FRENCH = { LANG: 'fr_FR.UTF-8' };

test('the help names every command and says how they end', async () => {
  const { exit, out } = await run(['--help']);
  assert.equal(exit, 0);
  for (const command of COMMANDS) assert.match(out, new RegExp(`^  ${command}\\b`, 'mu'));
  assert.match(out, /Exit codes: 0 done · 1 refused/u);
});

test('every command has help with an example that can be copied, in both languages', async () => {
  for (const command of COMMANDS)
    for (const environment of [{}, FRENCH]) {
      const { exit, out } = await run([command, '--help'], environment);
      assert.equal(exit, 0, command);
      assert.match(
        out,
        environment === FRENCH ? /^Exemples :\n  .*vigie /mu : /^Examples:\n  .*vigie /mu,
        command,
      );
      assert.match(out, environment === FRENCH ? /^Usage : vigie/u : /^Usage: vigie/u);
    }
});

test('French where the environment is French, whichever variable says so', async () => {
  assert.match((await run([], FRENCH)).out, /Codes de sortie/u);
  assert.match((await run([], { LC_ALL: 'en_GB.UTF-8', ...FRENCH })).out, /Exit codes/u);
  assert.match((await run([], { LANG: 'C.UTF-8' })).out, /Exit codes/u);
});

test('a command that is written wrongly ends with 2, says what is wrong and where to read on', async () => {
  const cases: readonly (readonly [readonly string[], RegExp, RegExp])[] = [
    [
      ['plann'],
      /unknown command 'plann'\n\(Did you mean plan\?\)/u,
      /il n’y a pas de commande plann\. Vouliez-vous dire plan/u,
    ],
    [
      ['key', 'create', '--app', 'voirie'],
      /required option '--organisation <name>'/u,
      /il faut --organisation/u,
    ],
    [['ticket', 'show', 'voirie'], /missing required argument 'reference'/u, /il manque reference/u],
    [['doctor', '--jsn'], /unknown option '--jsn'/u, /il n’y a pas d’option --jsn/u],
    [['matrix', 'nope'], /no app "nope". There is: atelier/u, /pas d’application « nope »/u],
    [['export', '--organisation', 'kerlann'], /Name an app, or a folder/u, /Nommez une application/u],
    [['ticket', 'late'], /A key is needed/u, /Il faut une clé/u],
  ];
  for (const [words, english, french] of cases) {
    const said = await run(words);
    assert.deepEqual([said.exit, said.out], [2, ''], words.join(' '));
    assert.match(said.err, english);
    const dit = await run(words, FRENCH);
    assert.equal(dit.exit, 2);
    assert.match(dit.err, french);
  }
});

test('with --json what is wrong is JSON too', async () => {
  const { exit, out } = await run(['ticket', 'late', '--json']);
  assert.equal(exit, 2);
  assert.equal((JSON.parse(out) as { error: { code: string } }).error.code, 'no_key');
});

test('a setting of the environment that is wrong is told, and nothing is touched', async () => {
  const { exit, err } = await run(['key', 'list', '--organisation', 'kerlann'], { PORT: 'http' });
  assert.equal(exit, 2);
  assert.match(err, /PORT is "http"/u);
});

test('where nothing was ever started, a command says so and makes nothing', async () => {
  const { exit, err } = await run(['key', 'list', '--organisation', 'kerlann'], {
    VIGIE_DATA: '/nowhere/at/all',
  });
  assert.equal(exit, 1);
  assert.match(err, /There is nothing in \/nowhere\/at\/all/u);
});

test('the command itself answers on standard output, complains on standard error, and ends with its code', () => {
  const vigie = fileURLToPath(new URL('../../src/cli/vigie.ts', import.meta.url));
  const ran = (...words: string[]) =>
    spawnSync(process.execPath, [vigie, ...words], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], LANG: 'C' },
    });
  const help = ran('ticket', 'open', '--help');
  assert.deepEqual([help.status, help.stderr], [0, '']);
  assert.match(help.stdout, /^Usage: vigie ticket open/u);
  const wrong = ran('nope');
  assert.deepEqual([wrong.status, wrong.stdout], [2, '']);
});
