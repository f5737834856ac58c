import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
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

describe('what the papers need', () => {
  const repo = path.resolve(import.meta.dirname, '../..');
  const shape = z.object({
    default: z.object({
      extraResources: z.array(
        z.object({ from: z.string(), to: z.string(), filter: z.array(z.string()).default(['*']) }),
      ),
    }),
  });
  const resourcesOf = async (): Promise<z.infer<typeof shape>['default']['extraResources']> => {
    const loaded: unknown = await import(pathToFileURL(path.join(repo, 'electron-builder.config.mjs')).href);
    return shape.parse(loaded).default.extraResources;
  };

  it('is packed: the compiler, the template and two weights of six fonts', async () => {
    const packed = (await resourcesOf()).flatMap(({ from, filter }) => {
      expect(existsSync(path.join(repo, from)), from).toBe(true);
      return filter.flatMap((pattern) => globSync(pattern, { cwd: path.join(repo, from) }));
    });
    expect(packed.filter((file) => file.endsWith('.ttf'))).toHaveLength(12);
    expect(packed).toContain('typst_ts_web_compiler_bg.wasm');
    expect(packed).toContain('paper.typ');
  });

  it('holds nothing that is built for one platform only', async () => {
    expect(JSON.stringify(await resourcesOf())).not.toContain('.node');
  });
});
