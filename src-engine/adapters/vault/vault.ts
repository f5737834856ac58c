import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Vault } from '../message-ports.ts';

type Sealed = Readonly<Record<string, string>>;
const CIPHER = 'aes-256-gcm';

/**
 * Secrets in one file beside the books, each sealed with a key that only the system's own safe holds (main hands it over;
 * it stands in no file and no environment). Null: this process has no key, so nothing can be read or kept.
 */
export function openVault(dataFolder: string, key: Uint8Array | null): Vault {
  const file = path.join(dataFolder, 'vault.json');
  const write = (change: (before: Sealed) => Sealed): Promise<void> => {
    mkdirSync(dataFolder, { recursive: true });
    const beside = `${file}.${randomBytes(6).toString('hex')}.part`;
    writeFileSync(beside, JSON.stringify(change(read(file))), { mode: 0o600, flush: true });
    renameSync(beside, file);
    return Promise.resolve();
  };
  return {
    isOpen: () => key !== null,
    put: (name, secrets) => {
      if (key === null) throw new Error('The vault is closed to this process.');
      return write((before) => ({ ...before, [name]: seal(key, name, JSON.stringify(secrets)) }));
    },
    take: (name) => {
      const sealed = read(file)[name];
      return Promise.resolve(key === null || sealed === undefined ? null : open(key, name, sealed));
    },
    forget: (name) =>
      write((before) => Object.fromEntries(Object.entries(before).filter(([one]) => one !== name))),
  };
}

function read(file: string): Sealed {
  if (!existsSync(file)) return {};
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isRecord(content) ? content : {};
}

// The name is sealed with the secret: nobody can put one gateway's secret in the place of another's.
function seal(key: Uint8Array, name: string, text: string): string {
  const start = randomBytes(12);
  const cipher = createCipheriv(CIPHER, key, start).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([start, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Null where the key is another one: the folder came from another machine or user. */
function open(key: Uint8Array, name: string, sealed: string): Readonly<Record<string, string>> | null {
  const bytes = Buffer.from(sealed, 'base64');
  const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, 12)).setAAD(Buffer.from(name));
  cipher.setAuthTag(bytes.subarray(12, 28));
  try {
    const text = Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8');
    const content: unknown = JSON.parse(text);
    return isRecord(content) ? content : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'string')
  );
}
