import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openVault } from '#engine/adapters/vault/vault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const key = randomBytes(32);
const onDisk = (): string => readFileSync(path.join(folder, 'vault.json'), 'utf8');

it('gives back what was put into it, also to the next process with the same key', async () => {
  await openVault(folder, key).put('gateway-1', { password: 'पासवर्ड 1', token: 't' });
  expect(await openVault(folder, key).take('gateway-1')).toEqual({ password: 'पासवर्ड 1', token: 't' });
});

it('keeps nothing on the disk that could be read, in a file of its owner alone', async () => {
  await openVault(folder, key).put('gateway-1', { password: 'open sesame' });
  expect(onDisk()).not.toContain('sesame');
  expect(onDisk()).not.toContain(Buffer.from('open sesame').toString('base64').slice(0, 12));
  if (process.platform !== 'win32') expect(statSync(path.join(folder, 'vault.json')).mode & 0o077).toBe(0);
});

it('says nothing to another key, to a changed byte, or under another name', async () => {
  await openVault(folder, key).put('gateway-1', { password: 'x' });
  expect(await openVault(folder, randomBytes(32)).take('gateway-1')).toBeNull();
  const { 'gateway-1': sealed } = JSON.parse(onDisk());
  writeFileSync(path.join(folder, 'vault.json'), JSON.stringify({ 'gateway-2': sealed }));
  expect(await openVault(folder, key).take('gateway-2')).toBeNull();
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(path.join(folder, 'vault.json'), JSON.stringify({ 'gateway-1': bytes.toString('base64') }));
  expect(await openVault(folder, key).take('gateway-1')).toBeNull();
});

it('forgets one and keeps the others', async () => {
  const vault = openVault(folder, key);
  await vault.put('a', { one: '1' });
  await vault.put('b', { two: '2' });
  await vault.forget('a');
  expect([await vault.take('a'), await vault.take('b')]).toEqual([null, { two: '2' }]);
});

it('is closed to a process without the key', async () => {
  await openVault(folder, key).put('a', { one: '1' });
  const closed = openVault(folder, null);
  expect([closed.isOpen(), await closed.take('a')]).toEqual([false, null]);
  expect(() => closed.put('a', { one: '2' })).toThrow('closed');
});
