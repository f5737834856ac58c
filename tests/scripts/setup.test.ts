import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../scripts/setup.mjs';

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
