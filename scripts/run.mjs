// Runs everything of this project: `node scripts/run.mjs start|test|check|bench|mutate|asvs|vigie [arguments]`.
//
// It needs nothing but the Node.js that is there (20 or newer): it installs what package-lock.json says,
// builds the pages when they changed, then hands over to the Node.js that the project brings along.
// It writes on standard error, because standard output belongs to the program.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDebianPackages } from './debian.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const web = join(root, 'web');
const ownNode = join(root, 'node_modules/.bin/node');

const programs = {
  start: { file: 'src/cli/vigie.ts', args: ['up'], pages: true },
  test: { file: 'scripts/test.ts', pages: true, packages: true },
  check: { file: 'scripts/check.ts' },
  bench: { file: 'bench/run.ts' },
  mutate: { file: 'scripts/mutate.ts' },
  vigie: { file: 'src/cli/vigie.ts' },
  asvs: { file: 'scripts/asvs.ts' },
};

const [name = '', ...args] = process.argv.slice(2);
const program = programs[name];
if (!program) stop(`Say what to run: node scripts/run.mjs ${Object.keys(programs).join('|')}`);
if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(
    `Vigie needs Node.js 20 or newer to start, and this is ${process.version}. See https://nodejs.org, or your distribution.`,
  );
}

const needsInstall = [root, web].filter(
  (folder) => existsSync(join(folder, 'package-lock.json')) && !isInstalled(folder),
);
if (needsInstall.length > 0)
  await alone(() => needsInstall.filter((folder) => !isInstalled(folder)).forEach(install));
// A test of one file seldom needs what all of them together need.
const fewTests = name === 'test' && args.length > 0 && !args.some((arg) => arg.includes('tests'));
// With much memory, Node.js would let what is young grow to hundreds of megabytes before it looks which of it is needed;
// and under load it would take what each request makes for something that stays: reads are some 7 % faster without.
// What is old grows by half before it looks again: no slower, and a third less memory.
const serverFlags = JSON.parse(readFileSync(join(root, 'scripts/server-flags.json'), 'utf8'));
const isServer = name === 'start' || (name === 'vigie' && args[0] === 'up');
const needsPages = (program.pages && !fewTests) || isServer;
if (needsPages && pagesAreStale()) await alone(() => pagesAreStale() && buildPages());
if (program.packages && !fewTests) ensureDebianPackages(say);

handOver(join(root, program.file), [...(program.args ?? []), ...args], {
  ...process.env,
  PATH: pathWithOwnNode(),
});

/** Whether a folder's packages are those of its lockfile: our stamp says so, or npm's own record does. */
function isInstalled(folder) {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const stamp = join(folder, 'node_modules/.vigie-stamp');
  const wanted = createHash('sha256').update(`${lock}${process.platform}-${process.arch}`).digest('hex');
  if (folder === root && !runs(ownNode)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  if (!recordAgrees(folder, JSON.parse(lock))) return false;
  writeFileSync(stamp, wanted);
  return true;
}

/** npm writes down what it has installed once all of it is there. */
function recordAgrees(folder, lock) {
  const record = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '');
  const agree = ([path, one]) =>
    installed[path] ? installed[path].integrity === one.integrity : one.optional === true;
  return wanted.every(agree) && Object.keys(installed).every((path) => path in lock.packages);
}

function install(folder) {
  const where = relative(root, folder) || 'this folder';
  say(`Installing the packages of ${where} (once; about a minute on a good line) …`);
  const began = Date.now();
  const options = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { status, error } = spawnSync('npm', options, {
    cwd: folder,
    // npm's own output joins ours.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (
    status === 0 &&
    recordAgrees(folder, JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))) &&
    runs(ownNode)
  ) {
    say(`Installed in ${seconds(began)}.`);
    return;
  }
  stop(
    `The packages of ${where} could not be installed: ${error ? error.message : `npm ci ended with ${status}`}.\n` +
      'What npm said is above. Most often it is the network (a proxy? see: npm config get registry), a full disk, or an\n' +
      'npm older than 10 (see: npm --version). Nothing else was changed; run the same command again.',
  );
}

/** What the pages are built from: a change in any of it makes the build stale. */
function pagesHash() {
  const hash = createHash('sha256');
  const inputs = [
    ...filesIn(join(web, 'src')),
    ...filesIn(join(web, 'static')),
    ...filesIn(join(root, 'client')),
  ];
  const settings = readdirSync(web).filter((file) => /\.(json|js|ts|mjs)$/.test(file));
  inputs.push(...settings.map((file) => join(web, file)));
  for (const file of inputs.toSorted((a, b) => (a < b ? -1 : 1)))
    hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function pagesAreStale() {
  const stamp = join(web, 'build/.vigie-stamp');
  return existsSync(join(web, 'src')) && !(existsSync(stamp) && readFileSync(stamp, 'utf8') === pagesHash());
}

function buildPages() {
  say('Building the pages …');
  const began = Date.now();
  const inputs = pagesHash();
  const { status, stdout } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: web,
    env: { ...process.env, PATH: pathWithOwnNode() },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 2],
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    stop(
      `${stdout}\nThe pages could not be built (npm run build in web/ ended with ${status}). What it said is above.`,
    );
  writeFileSync(join(web, 'build/.vigie-stamp'), inputs);
  say(`Built in ${seconds(began)}.`);
}

/** Two commands started at once on a fresh clone must not install into the same folder. */
async function alone(work) {
  const lock = join(tmpdir(), `vigie-setup-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`);
  const holder = join(lock, 'pid');
  for (let told = false; ; told = true) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const pid = existsSync(holder) ? Number(readFileSync(holder, 'utf8')) : 0;
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (pid ? !isAlive(pid) : age > 5_000) {
      rmSync(lock, { recursive: true, force: true });
      continue;
    }
    if (!told) say('Another command is setting this folder up; waiting for it …');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  writeFileSync(holder, String(process.pid));
  work();
  release();
  process.off('exit', release);
}

/** Runs the program in our place: its output, its signals, its exit code. */
function handOver(file, rest, env) {
  const child = spawn(
    ownNode,
    ['--disable-warning=ExperimentalWarning', ...(isServer ? serverFlags : []), file, ...rest],
    {
      stdio: 'inherit',
      env,
    },
  );
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGUSR2']) {
    // Ctrl-C reaches every process of the terminal by itself.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  // When npm itself is killed it can pass nothing on; what it started must not stay behind. (The script is
  // run with `exec`, so that no shell stands between npm and us and keeps its signals to itself.)
  const parent = process.ppid;
  const watch = setInterval(
    () => process.ppid !== parent && child.kill('SIGTERM') && clearInterval(watch),
    500,
  );
  if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);
  child.on('error', (error) => stop(`${ownNode} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

function pathWithOwnNode() {
  return [dirname(ownNode), process.env.PATH].filter(Boolean).join(delimiter);
}

function* filesIn(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* filesIn(join(folder, entry.name));
    else yield join(folder, entry.name);
  }
}

function runs(node) {
  return existsSync(node) && spawnSync(node, ['--version']).status === 0;
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(0)} s`;
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function stop(text) {
  say(text);
  process.exit(1);
}
