import { describe, expect, it } from 'vitest';
import { packagerCall, refusal } from '../../scripts/package.mjs';

describe('what may be packaged', () => {
  it('refuses to make anything but the test folder of the test runtime', () => {
    for (const args of [['--win'], ['--linux'], ['--dir'], []]) {
      expect(refusal(args, 'fallback')).toContain('never shipped');
    }
    expect(refusal(['--dir', '--test'], 'fallback')).toBeNull();
  });

  it('lets the official Electron be packaged for Windows', () => {
    expect(refusal(['--win'], 'official')).toBeNull();
  });

  it('makes a test build as a folder only, whatever the runtime', () => {
    expect(refusal(['--win', '--test'], 'official')).toContain('--dir --test');
  });

  it('marks a test build for the configuration, and takes the test runtime only when it must', () => {
    const fallback = {
      source: 'fallback',
      dist: '/cache/electron',
      version: '33.2.1',
      path: '/cache/electron/electron',
    };
    const test = packagerCall(['--dir', '--test'], fallback);
    expect(test.env).toMatchObject({ BAAKI_TEST_BUILD: '1', BAAKI_FALLBACK_BUILD: '1' });
    expect(test.args).toContain('-c.electronDist=/cache/electron');
    expect(test.args).not.toContain('--test');
    const shipped = packagerCall(['--win'], { ...fallback, source: 'official' });
    expect(shipped.env).toMatchObject({ BAAKI_TEST_BUILD: undefined, BAAKI_FALLBACK_BUILD: undefined });
    expect(shipped.args.join(' ')).not.toContain('electronDist');
  });
});
