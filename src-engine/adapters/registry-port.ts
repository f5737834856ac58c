import type { AnswerOf, BodyOf, EndpointName } from '#contract/registry.ts';
import type { BatchBody, Receipt } from '#contract/registry/batches.ts';
import type { BatchHeader, FullItem } from '#domain/registry/batches.ts';
import type { Due } from '#domain/registry/dues.ts';

// What the services need of a registry: signed calls, and the arithmetic that only Node's crypto can do.

/** Made once when a book joins, and kept in the vault. Each is base64url. */
export type RegistryKeys = {
  /** 32 bytes of an Ed25519 key: this device signs with it. */
  readonly seed: string;
  readonly publicKey: string;
  /** Makes a bill's number into a reference that tells nobody what it was. */
  readonly refSecret: string;
};

/** To which registry, as whom. */
export type RegistryLink = {
  readonly address: string;
  /** 'member/device' with the seed it signs with; null for a call that anybody may make. */
  readonly signer: { readonly keyId: string; readonly seed: string } | null;
  /** The registry's key for receipts, reports and consents; null while it is not known. */
  readonly receiptKey: string | null;
  /** The registry's clock less ours, in milliseconds. */
  readonly clockOffsetMs: number;
  /** UTC milliseconds by this machine. */
  readonly now: () => number;
  readonly signal: AbortSignal;
};

export type RegistryAsk<N extends EndpointName> = {
  readonly body?: BodyOf<N>;
  /** A body that was frozen before, gzip: sent as it is. */
  readonly frozen?: Uint8Array;
  /** The id of what is asked for: asking again with it is no second asking. */
  readonly idempotencyKey?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
};

export type RegistryTrouble = {
  readonly ok: false;
  /** Not reached or no time; somebody else answered (a hotel's log-in page); or the registry said no. */
  readonly reason: 'away' | 'foreign' | 'refused';
  /** 'ECONNREFUSED', 'TIMEOUT', 'BAD-ANSWER', 'BAD-SIGNATURE', or the registry's own code. */
  readonly code: string;
  readonly retryAfterSeconds: number | null;
};

export type RegistryAnswer<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** As it came, for what is kept with its signature. */
      readonly text: string;
      readonly clockOffsetMs: number;
    }
  | RegistryTrouble;

export type LogKeys = { readonly origin: string; readonly verifierKey: string };

/** What the log says of itself now, and whether it goes on from where we knew it. */
export type LogOutcome =
  | { readonly kind: 'ok'; readonly checkpoint: string; readonly size: number }
  /** It contradicts what it said before: nothing else that it says is worth much. */
  | { readonly kind: 'broken'; readonly code: 'NOTE' | 'ORIGIN' | 'SHRUNK' | 'FORK' | 'NOT-INCLUDED' }
  | RegistryTrouble;

export type SealWish = {
  readonly batchId: string;
  readonly header: Omit<BatchHeader, 'root' | 'itemCount'>;
  /** What is stated; of a full reconcile, what there is. */
  readonly items: readonly (Due | FullItem)[];
  readonly contacts: NonNullable<BatchBody['contacts']>;
  readonly seed: string;
};

/** A batch as it leaves, byte for byte, however often. */
export type SealedBatch = {
  readonly body: Uint8Array;
  readonly text: string;
  /** The line that was signed, which is the log's leaf. */
  readonly header: string;
  readonly root: string;
};

export type RegistryClient = {
  readonly newKeys: () => RegistryKeys;
  /** base64url of the first 16 bytes of HMAC-SHA-256. */
  readonly refOf: (refSecret: string, text: string) => string;
  /** SHA-256 of a text or of a file's bytes, base64url; null where the file cannot be read. */
  readonly digest: (of: { readonly text: string } | { readonly filePath: string }) => Promise<string | null>;
  /** By chance: at least 0 and below `end`. */
  readonly below: (end: number) => number;
  readonly packedBytes: (text: string) => number;
  readonly seal: (wish: SealWish) => SealedBatch;
  readonly call: <N extends EndpointName>(
    link: RegistryLink,
    name: N,
    ask?: RegistryAsk<N>,
  ) => Promise<RegistryAnswer<AnswerOf<N>>>;
  /** UUIDv7 (RFC 9562): the registry sees from it when a batch was frozen. */
  readonly newBatchId: (now: number) => string;
  /** Whether this receipt is the registry's own, and for the batch with this header. */
  readonly isReceipt: (
    of: { readonly receiptKey: string; readonly origin: string; readonly header: string },
    receipt: Receipt,
  ) => boolean;
  /** Whether a report that was kept is what the registry signed. */
  readonly isSigned: (receiptKey: string, text: string) => boolean;
  /** The newest checkpoint, judged against the one that was kept. */
  readonly readLog: (link: RegistryLink, keys: LogKeys, kept: string | null) => Promise<LogOutcome>;
  /** Whether a batch of ours is in the log that the kept checkpoint is of. */
  readonly proveBatch: (
    link: RegistryLink,
    keys: LogKeys,
    batch: { readonly batchId: string; readonly header: string; readonly kept: string },
  ) => Promise<LogOutcome>;
};
