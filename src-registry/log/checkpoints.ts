import { checkpointText, keyIdOf, signedNote } from '#domain/registry/notes.ts';
import { rootOf } from '#domain/registry/merkle.ts';
import { sha256 } from '../crypto.ts';
import type { Registry } from '../registry.ts';
import { headOf, makeHead, type Head } from '../store/log.ts';

type Signer = Pick<Registry, 'origin' | 'logKey'>;

/** C2SP tlog-checkpoint: a note that the log's key signs. */
export function signedCheckpoint({ origin, logKey }: Signer, size: number, root: Uint8Array): string {
  const text = checkpointText({ origin, size, root });
  const signature = logKey.sign(Buffer.from(text, 'utf8'));
  const keyId = keyIdOf(sha256, origin, logKey.publicKey);
  return signedNote(text, [{ name: origin, keyId, signature }]);
}

/** Where the log stands; that of nothing in a registry that has only just begun. */
export async function headNow(registry: Signer & Pick<Registry, 'store'>): Promise<Head> {
  const head = await headOf(registry.store);
  if (head !== null) return head;
  await makeHead(registry.store, signedCheckpoint(registry, 0, rootOf(sha256, [])));
  const made = await headOf(registry.store);
  if (made === null) throw new Error('The log has no head.');
  return made;
}
