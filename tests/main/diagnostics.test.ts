import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diagnosticsText, type DiagnosticFacts } from '#main/diagnostics.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-diagnostics-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const asha = { home: '/home/asha', user: 'asha', computer: 'shop-pc' };

const facts = (): DiagnosticFacts => ({
  version: '0.1.0',
  locale: 'hi-IN',
  isPackaged: true,
  engineKind: 'utilityProcess',
  engine: { state: 'running', restartCount: 2, lastExit: 'SIGSEGV' },
  update: { state: 'ready', version: '0.2.0', percent: null },
  dataFolder: '/home/asha/.config/Baaki',
  logsFolder: folder,
});

it('tells the versions, the engine, the update and the ends of the logs', () => {
  writeFileSync(path.join(folder, 'main.log'), 'line of main\n');
  writeFileSync(path.join(folder, 'engine.log'), 'line of engine\n');
  const text = diagnosticsText(facts(), asha);
  expect(text).toContain('Baaki 0.1.0\n');
  expect(text).toContain(`Node ${process.versions.node}`);
  expect(text).toContain('Engine utilityProcess running, restarted 2, last exit SIGSEGV');
  expect(text).toContain('Update ready 0.2.0');
  expect(text).toContain('--- engine.log\nline of engine\n--- main.log\nline of main');
});

it('takes only the last lines of a long log', () => {
  const lines = Array.from({ length: 5_000 }, (_line, index) => `event count=${index}`);
  writeFileSync(path.join(folder, 'main.log'), lines.join('\n'));
  const text = diagnosticsText(facts(), asha);
  expect(text).toContain('count=4999');
  expect(text).not.toContain('count=4000\n');
  expect(text.length).toBeLessThan(10_000);
});

it('names nobody, in the logs either, and takes no other file of the folder', () => {
  writeFileSync(path.join(folder, 'main.log'), 'opened /home/asha/book for ASHA at ravi@example.in\n');
  writeFileSync(path.join(folder, 'book.db'), 'Sharma Traders');
  const text = diagnosticsText(facts(), asha);
  expect(text).toContain('Data ~/.config/Baaki');
  expect(text).toContain('opened ~/book for (user) at (address)');
  expect(text.toLowerCase()).not.toContain('asha');
  expect(text).not.toContain('Sharma');
});

it('does without a folder of logs', () => {
  rmSync(folder, { recursive: true });
  expect(diagnosticsText(facts(), asha)).toContain('Baaki 0.1.0');
});
