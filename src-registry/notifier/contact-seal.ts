import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import type { Day } from '#domain/days.ts';
import type { ContactSeal } from '../registry.ts';
import type { Store } from '../store/database.ts';
import { addDataKey, addDataKeys, dataKeyOf, dropDataKey } from '../store/contact-vault.ts';

// Contacts stand encrypted in the database, each subject's with a key of its own, and that key encrypted with one which
// lies in a file and never in the database. Without the file nothing can be read; without the row not even with it.

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** The subject's key was destroyed: nobody can open what was sealed with it. */
export class ForgottenError extends Error {
  override readonly name = 'ForgottenError';

  constructor() {
    super('This contact was forgotten.');
  }
}

export function contactSeal(store: Store, masterKey: Uint8Array, today: () => Day): ContactSeal {
  const wrapKey = derived(masterKey, 'wrap');
  const lookupKey = derived(masterKey, 'lookup');
  const keyFor = async (subject: Uint8Array): Promise<Buffer | null> => {
    const wrapped = await dataKeyOf(store, subject);
    return wrapped === null ? null : decrypted(wrapKey, wrapped, subject);
  };
  return {
    seal: async (subject, contact) => {
      const made = encrypted(wrapKey, randomBytes(KEY_BYTES), subject);
      // Where two seal at once, both use the key of the one who came first.
      const key =
        (await keyFor(subject)) ?? decrypted(wrapKey, await addDataKey(store, subject, made), subject);
      return encrypted(key, Buffer.from(contact, 'utf8'), subject);
    },
    sealAll: async (wishes) => {
      const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
      const fresh = new Map(
        wishes.map(({ subject }) => {
          const key = randomBytes(KEY_BYTES);
          return [hexOf(subject), { subject, key, wrapped: encrypted(wrapKey, key, subject) }];
        }),
      );
      const keys = new Map<string, Uint8Array>();
      for (const { subject_key: subject, dek_wrapped: wrapped } of await addDataKeys(
        store,
        [...fresh.values()],
        today(),
      )) {
        const own = fresh.get(hexOf(subject));
        const isOwn = own?.wrapped.equals(wrapped) === true;
        keys.set(hexOf(subject), isOwn ? own.key : decrypted(wrapKey, wrapped, subject));
      }
      return wishes.map(({ subject, contact }) => {
        const key = keys.get(hexOf(subject));
        if (!key) throw new Error('The key of a contact could not be stored.');
        return encrypted(key, Buffer.from(contact, 'utf8'), subject);
      });
    },
    open: async (subject, sealed) => {
      const key = await keyFor(subject);
      if (key === null) throw new ForgottenError();
      try {
        return decrypted(key, sealed, subject).toString('utf8');
      } catch {
        // Sealed with a key that was destroyed since, and another took its place.
        throw new ForgottenError();
      }
    },
    forget: (subject) => dropDataKey(store, subject),
    keyOf: (contact) => createHmac('sha256', lookupKey).update(contact.trim().toLowerCase()).digest(),
  };
}

function derived(masterKey: Uint8Array, purpose: string): KeyObject {
  return createSecretKey(
    Buffer.from(hkdfSync('sha256', masterKey, '', `baaki/contacts/${purpose}`, KEY_BYTES)),
  );
}

/** Nonce, ciphertext, tag. The subject is authenticated with it: a row that is moved to another cannot be opened. */
function encrypted(key: Uint8Array | KeyObject, plain: Uint8Array, subject: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyObject(key), nonce).setAAD(subject);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypted(key: Uint8Array | KeyObject, sealed: Uint8Array, subject: Uint8Array): Buffer {
  const decipher = createDecipheriv(CIPHER, keyObject(key), sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  }).setAAD(subject);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}

/** Bare bytes would do, and take three times as long. */
function keyObject(key: Uint8Array | KeyObject): KeyObject {
  return key instanceof Uint8Array ? createSecretKey(key) : key;
}
