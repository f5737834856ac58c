// The key that opens the engine's vault. It lies sealed by the system's own safe (DPAPI on Windows, Keychain on a Mac),
// and goes to the engine as a message: an environment or a command line can be read by others.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app, safeStorage } from 'electron';
import type { StartEngine } from './engine-process.ts';
import { logEvent } from './logs.ts';

const KEY_BYTES = 32;

/** Null: this system has no safe, so nothing secret is kept and nothing can be sent. */
function vaultKey(dataFolder: string): Uint8Array | null {
  // Only where developers and tests say so: a Linux without a key ring would keep the key as good as open.
  if (!app.isPackaged || process.env['BAAKI_E2E_GATE']) allowPlain();
  if (!safeStorage.isEncryptionAvailable()) {
    logEvent('vault-no-safe');
    return null;
  }
  const file = path.join(dataFolder, 'vault.key');
  return readKey(file) ?? makeKey(file);
}

function allowPlain(): void {
  if (process.platform === 'linux' && process.env['BAAKI_PLAIN_VAULT']) {
    safeStorage.setUsePlainTextEncryption(true);
  }
}

/** Null where there is none, or it was sealed by another machine or user; that one is kept beside. */
function readKey(file: string): Uint8Array | null {
  if (!existsSync(file)) return null;
  try {
    const key = Buffer.from(safeStorage.decryptString(readFileSync(file)), 'base64');
    if (key.length === KEY_BYTES) return key;
  } catch {
    logEvent('vault-key-unreadable');
  }
  renameSync(file, `${file}.unreadable`);
  return null;
}

function makeKey(file: string): Uint8Array {
  mkdirSync(path.dirname(file), { recursive: true });
  const key = randomBytes(KEY_BYTES);
  const beside = `${file}.part`;
  writeFileSync(beside, safeStorage.encryptString(key.toString('base64')), { mode: 0o600, flush: true });
  renameSync(beside, file);
  return key;
}

/** The first thing an engine is told is its key, or that there is none: it opens no book before. */
export function withVaultKey(start: StartEngine, dataFolder: string): StartEngine {
  return (program, listeners) => {
    const engine = start(program, listeners);
    engine.post({ type: 'vault', key: vaultKey(dataFolder) });
    return engine;
  };
}
