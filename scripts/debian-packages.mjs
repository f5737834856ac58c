// The system libraries, display and fonts that Electron and the tests need on Debian and Ubuntu.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** Each line is one need; a newer system spells some of them differently, so the first name it knows is taken. */
const NEEDS = [
  ['xvfb'],
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libasound2t64', 'libasound2'],
  ['libgbm1'],
  ['libxss1'],
  ['fonts-noto-core'],
  ['fonts-inter'],
];

/** Real servers that the tests talk to: mail, SMS, telephony and a database, and tools that look at a PDF. */
const PEERS = [
  ['postfix'],
  ['dovecot-imapd'],
  ['python3-aiosmtpd'],
  ['kannel'],
  ['kannel-extras'],
  ['gammu'],
  ['gammu-smsd'],
  ['libdbd-sqlite3'],
  ['baresip-core'],
  ['espeak-ng'],
  ['sox'],
  ['poppler-utils'],
  ['openssl'],
  ['postgresql'],
  ['chromium'],
];

function output(command, args) {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return stdout ?? '';
}

/** The needs of which no spelling is installed. */
export function missingPackages(needs = NEEDS) {
  const format = '${Package} ${db:Status-Status}\n';
  const names = needs.flat();
  const installed = new Set(
    output('dpkg-query', ['-W', `-f=${format}`, ...names])
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return needs.filter((spellings) => !spellings.some((name) => installed.has(name)));
}

export function isDebian() {
  return process.platform === 'linux' && fs.existsSync('/usr/bin/apt-get');
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync('apt-get', args, { encoding: 'utf8', env });
  if (status === 0) return;
  const why = `${stderr}\n${stdout}`.trim().split('\n').slice(0, 5).join('\n  ');
  throw new Error(`apt-get ${args[0]} failed, so the libraries that Electron needs are missing:\n  ${why}`);
}

const isOffered = (name) => /Candidate: (?!\(none\))/.test(output('apt-cache', ['policy', name]));

const knownSpelling = (spellings) => spellings.find(isOffered) ?? spellings[0];

/** Installs what is missing when it may, else says which one command does. */
export function setupDebian(say) {
  if (!isDebian()) return say('system libraries: nothing to do on this system');
  const missing = missingPackages();
  if (missing.length === 0) return say('system libraries: all there');
  if (process.getuid?.() !== 0) {
    const names = missing.map(knownSpelling).join(' ');
    return say(`system libraries: run  sudo apt-get install --no-install-recommends ${names}`);
  }
  apt(['update', '-qq']);
  const names = missing.map(knownSpelling);
  apt(['install', '-y', '-qq', '--no-install-recommends', ...names]);
  return say(`system libraries: installed ${names.join(' ')}`);
}

/** Whether installing these would take something away that is there: a mail server that the machine already has. */
function wouldRemove(names) {
  return /^Remv /m.test(output('apt-get', ['-s', '-qq', 'install', '--no-install-recommends', ...names]));
}

/** For the tests: what cannot be installed is told, and the tests that need it are skipped with that reason. */
export function setupPeers(say) {
  if (!isDebian()) return say('test peers: only on Debian; their tests are skipped');
  const missing = missingPackages(PEERS);
  if (missing.length === 0) return say('test peers: all there');
  const names = missing.map(([name]) => name);
  if (process.getuid?.() !== 0) {
    return say(`test peers: skipped; run  sudo apt-get install --no-install-recommends ${names.join(' ')}`);
  }
  apt(['update', '-qq']);
  // One by one: a package that is missing here, or would push another out, does not keep the rest away.
  const wanted = names.filter((name) => isOffered(name) && !wouldRemove([name]));
  keepServicesDown(() => apt(['install', '-y', '-qq', '--no-install-recommends', ...wanted]));
  const left = missingPackages(PEERS).map(([name]) => name);
  return say(
    `test peers: installed ${wanted.join(' ')}${left.length > 0 ? `; left out ${left.join(' ')}` : ''}`,
  );
}

/** The packages bring services of the machine's own: the tests start theirs, and nothing else is to run. */
function keepServicesDown(install) {
  const policy = '/usr/sbin/policy-rc.d';
  if (fs.existsSync(policy)) return install();
  fs.writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return install();
  } finally {
    fs.rmSync(policy, { force: true });
  }
}
