// What some tests need of the system, in one place.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';

/** Each package, what its tests are, and how one sees that what it brings is there, from wherever that came. */
const debianPackages = [
  {
    name: 'chromium',
    tests: 'the tests in a real browser',
    isThere: () =>
      Boolean(process.env.CHROMIUM) ||
      ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some(isProgram),
  },
  {
    name: 'postgresql-15',
    tests: "the test that migrations apply on Debian's PostgreSQL",
    isThere: () =>
      ['15', '16', '17'].some((version) => isProgram(`/usr/lib/postgresql/${version}/bin/postgres`)),
  },
  {
    name: 'nginx',
    tests: 'the tests behind a real proxy',
    isThere: () => isProgram('/usr/sbin/nginx'),
  },
  {
    name: 'age',
    tests: 'the tests that the ordinary age opens what we keep',
    isThere: () => isProgram('/usr/bin/age'),
  },
  {
    name: 'libimage-exiftool-perl',
    tests: 'the tests that a photo program reads our sidecars',
    isThere: () => isProgram('/usr/bin/exiftool'),
  },
  {
    name: 'libheif-examples',
    tests: 'the tests of HEIC photos made here',
    isThere: () => isProgram('/usr/bin/heif-enc'),
  },
];

/**
 * Installs what is missing, where we may; says which tests will be skipped, and why, where we may not.
 *
 * @param {(text: string) => void} say
 */
export function ensureDebianPackages(say) {
  const missing = debianPackages.filter((one) => !one.isThere());
  if (missing.length === 0) return;
  const names = missing.map((one) => one.name);
  const reason = !isProgram('/usr/bin/apt-get')
    ? 'there is no apt-get on this system'
    : process.getuid() !== 0
      ? `only root may install them (sudo apt-get install ${names.join(' ')})`
      : installWithApt(names, say);
  for (const one of missing.filter((still) => !still.isThere()))
    say(`Skipping ${one.tests}: ${one.name} is not installed, and ${reason}.`);
}

/** @returns why packages may still be missing afterwards */
function installWithApt(names, say) {
  say(`Installing what some tests need: ${names.join(', ')} …`);
  keepServersOff();
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 2],
  };
  spawnSync('apt-get', ['update', '--quiet'], options);
  for (const name of names)
    spawnSync('apt-get', ['install', '--quiet', '--yes', '--no-install-recommends', name], options);
  return 'apt-get could not install it (what it said is above)';
}

/** Debian would start servers of its own with PostgreSQL and nginx, when all we want is the programs. */
function keepServersOff() {
  const policy = '/usr/sbin/policy-rc.d';
  if (!existsSync(policy))
    writeFileSync(policy, '#!/bin/sh\n# 101: no package starts a server by itself.\nexit 101\n', {
      mode: 0o755,
    });
  const settings = '/etc/postgresql-common/createcluster.conf';
  if (existsSync(settings)) return;
  mkdirSync('/etc/postgresql-common', { recursive: true });
  writeFileSync(settings, 'create_main_cluster = false\n');
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
