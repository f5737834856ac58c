import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logCode, logEvent, logFrames, rotate, startLogs } from '#main/logs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

describe('a code in a log line', () => {
  it('lets exit codes, signals, error codes, versions and known words through', () => {
    for (const code of ['0', '-1073741819', 'SIGKILL', 'ERR_CHECKSUM_MISMATCH', '0.1.0', 'crashed'])
      expect(logCode(code)).toBe(code);
  });

  it('withholds whatever a person could have typed', () => {
    for (const text of [
      'Sharma Traders',
      'sharma',
      'ravi@example.in',
      '/home/asha',
      '98765 43210',
      '',
      null,
      {},
    ])
      expect(logCode(text)).toBe('withheld');
  });

  it('takes the places of an error and never its message', () => {
    const frames = logFrames(new RangeError('Sharma Traders owes 12,000'));
    expect(frames).toContain('RANGEERROR');
    expect(frames).toContain('logs.test.ts:');
    expect(frames).not.toContain('Sharma');
    expect(frames).not.toContain('/');
    expect(logFrames('Sharma Traders')).toBe('NOT_AN_ERROR');
  });
});

describe("main's log", () => {
  it('writes one line an event: the time, the word, the facts', () => {
    startLogs(folder);
    logEvent('engine-exited', { exit: logCode('SIGKILL'), count: 2, isLast: true });
    expect(read('main.log')).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z engine-exited exit=SIGKILL count=2 isLast=true\r?\n$/,
    );
  });

  it('starts anew at its size limit and keeps three old ones', () => {
    const sizeMostBytes = 200;
    startLogs(folder, sizeMostBytes);
    for (let count = 0; count < 60; count++) logEvent('window-opened', { count });
    const names = readdirSync(folder).sort();
    expect(names).toEqual(['main.1.log', 'main.2.log', 'main.3.log', 'main.log']);
    for (const name of names)
      expect(statSync(path.join(folder, name)).size).toBeLessThan(sizeMostBytes + 100);
    expect(read('main.log')).toContain('count=59');
    expect(read('main.3.log')).not.toContain('count=0\n');
  });

  it('moves each old one up by one and drops the oldest', () => {
    for (const name of ['main.log', 'main.1.log', 'main.2.log', 'main.3.log'])
      writeFileSync(path.join(folder, name), name);
    rotate(path.join(folder, 'main.log'));
    expect(readdirSync(folder).sort()).toEqual(['main.1.log', 'main.2.log', 'main.3.log']);
    expect([1, 2, 3].map((count) => read(`main.${count}.log`))).toEqual([
      'main.log',
      'main.1.log',
      'main.2.log',
    ]);
  });
});
