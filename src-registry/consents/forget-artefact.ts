import { z } from 'zod';
import { leafHash } from '#domain/registry/merkle.ts';
import { sha256 } from '../crypto.ts';
import type { Tx } from '../store/database.ts';
import { forgetLeaf } from '../store/log.ts';
import { leafBytes } from './answering.ts';

/** Its leaf stays in the log, and the audit is told that nobody can say any more what it is of. */
export async function forgetArtefact(tx: Tx, artefact: string | null): Promise<void> {
  if (artefact === null) return;
  const read = z.record(z.string(), z.unknown()).parse(JSON.parse(artefact));
  await forgetLeaf(tx, leafHash(sha256, leafBytes(read)));
}
