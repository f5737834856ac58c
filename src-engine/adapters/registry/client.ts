import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { toBase64Url } from '#domain/registry/bytes.ts';
import type { RegistryClient } from '../registry-port.ts';
import { isSignedAnswer } from './answers.ts';
import { call } from './call.ts';
import { newKeys, refOf, sha256, uuidV7 } from './crypto.ts';
import { proveBatch, readLog } from './log.ts';
import { isReceipt, seal } from './seal.ts';

/** Speaks to a registry over HTTP as its member. */
export const registryClient: RegistryClient = {
  newKeys,
  refOf,
  digest: async (of) => {
    const bytes = 'text' in of ? Buffer.from(of.text, 'utf8') : await readFile(of.filePath).catch(() => null);
    return bytes === null ? null : toBase64Url(sha256(bytes));
  },
  below: (end) => randomInt(end),
  packedBytes: (text) => gzipSync(text).length,
  seal,
  call,
  newBatchId: uuidV7,
  isReceipt,
  isSigned: isSignedAnswer,
  readLog,
  proveBatch,
};
