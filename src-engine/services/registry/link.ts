import { refuse } from '#domain/result.ts';
import type { LogKeys, RegistryKeys, RegistryLink, RegistryTrouble } from '../../adapters/registry-port.ts';
import { membershipRow, type MembershipRow } from '../../storage/registry.ts';
import { failed, refused, type BookContext } from '../door.ts';

// How this book stands with its registry, and what it needs to speak to it.

/** Where the keys of a book's membership stand in the vault. */
export function vaultNameOf({ bookId }: Pick<BookContext, 'bookId'>): string {
  return `registry-${bookId}`;
}

export type Kept = {
  readonly keys: RegistryKeys;
  /** How far this device had counted: a book that counts less was restored from a backup. */
  readonly epoch: number;
  readonly seq: number;
};

/** Null: no key here, e.g. because the folder came from another machine. */
export async function keptKeys(context: BookContext): Promise<Kept | null> {
  const kept = await context.vault.take(vaultNameOf(context));
  const { seed, publicKey, refSecret, epoch, seq } = kept ?? {};
  if (seed === undefined || publicKey === undefined || refSecret === undefined) return null;
  return { keys: { seed, publicKey, refSecret }, epoch: Number(epoch ?? 0), seq: Number(seq ?? 0) };
}

export async function keepKeys(context: BookContext, { keys, epoch, seq }: Kept): Promise<void> {
  await context.vault.put(vaultNameOf(context), { ...keys, epoch: String(epoch), seq: String(seq) });
}

/** Also where the system gives no vault, so that the terminal and the window are told the same. */
export function registryVaultClosed(): Error {
  const sentence =
    'The keys of a membership are kept by the Baaki window. Open Baaki, go to Registry (Alt+R) and do it there.';
  return refused(refuse('vault-closed', sentence).refusal);
}

export type Membered = {
  readonly row: MembershipRow;
  readonly kept: Kept;
  readonly link: RegistryLink;
  readonly log: LogKeys;
};

/** A member with keys that open; refused otherwise, in words. */
export async function membered(
  context: BookContext,
  signal: AbortSignal = new AbortController().signal,
): Promise<Membered> {
  const row = context.db.read(membershipRow);
  if (row === undefined || row.memberId === null || row.status === 'left') throw notMember();
  if (!context.vault.isOpen()) throw registryVaultClosed();
  const kept = await keptKeys(context);
  if (kept === null) throw keysGone();
  return { row, kept, link: linkOf(context, row, { kept, signal }), log: logKeysOf(row) };
}

export function linkOf(
  { now }: Pick<BookContext, 'now'>,
  row: MembershipRow,
  { kept, signal }: { readonly kept: Kept; readonly signal: AbortSignal },
): RegistryLink {
  return {
    address: row.address,
    signer: { keyId: `${row.memberId}/${row.deviceId}`, seed: kept.keys.seed },
    receiptKey: row.receiptKey,
    clockOffsetMs: row.clockOffsetMs,
    now,
    signal,
  };
}

export function anybody(
  { now }: Pick<BookContext, 'now'>,
  address: string,
  signal: AbortSignal = new AbortController().signal,
): RegistryLink {
  return { address, signer: null, receiptKey: null, clockOffsetMs: 0, now, signal };
}

function logKeysOf({ origin, verifierKey }: MembershipRow): LogKeys {
  return { origin, verifierKey };
}

export function notMember(): Error {
  const sentence = 'This book belongs to no registry. Join one first.';
  return refused(refuse('registry-not-member', sentence).refusal);
}

export function keysGone(): Error {
  const sentence =
    'The keys of this membership are not on this machine. Join again with the same GSTIN: you stay the same member.';
  return refused(refuse('registry-keys-gone', sentence).refusal);
}

/** Refusals of the member himself, not of what he asked for: it waits until they are put right. */
export const OF_MEMBER: ReadonlySet<string> = new Set([
  'member_pending',
  'suspended',
  'purpose',
  'revoked_key',
  'unknown_key',
  'bad_signature',
  'clock_skew',
  'replayed',
]);

/** What went wrong with a registry, for whoever asked for something just now. */
export function troubled({ reason, code }: RegistryTrouble): Error {
  const { sentence, isRetryable } = troubleWords(reason, code);
  if (reason !== 'refused')
    return failed({ code: `registry-${reason}`, sentence, retryable: isRetryable, values: { code } });
  const known = REFUSALS[code];
  if (known === undefined)
    return failed({ code: 'registry-said-no', sentence, retryable: false, values: { code } });
  return refused(refuse(known.code, known.sentence).refusal);
}

const PENDING =
  'The registry has not admitted this business yet. What you publish or ask waits here and goes by itself afterwards.';

export function pending(): Error {
  return refused(refuse('registry-member-pending', PENDING).refusal);
}

const REFUSALS: Readonly<Record<string, { readonly code: string; readonly sentence: string }>> = {
  wrong_otp: {
    code: 'registry-wrong-otp',
    sentence: 'That is not the password that was sent. Look again and type its six digits.',
  },
  otp_spent: {
    code: 'registry-otp-spent',
    sentence: 'That password is no longer good. Ask for a new one.',
  },
  too_many: {
    code: 'registry-too-many',
    sentence: 'The registry takes no more of these today. Try again tomorrow.',
  },
  no_consent: {
    code: 'registry-no-consent',
    sentence: 'The customer has not agreed to this look, or has taken his consent back.',
  },
  already_used: {
    code: 'registry-consent-used',
    sentence: 'This consent was good for one look, and that was taken. Ask the customer again.',
  },
  suspended: {
    code: 'registry-suspended',
    sentence: 'The registry has suspended this membership. Write to whoever runs it.',
  },
  member_pending: {
    code: 'registry-member-pending',
    sentence: PENDING,
  },
  purpose: {
    code: 'registry-purpose',
    sentence:
      'This membership was not made for this. Join again with the same GSTIN and choose “Publish dues and check customers”.',
  },
  revoked_key: {
    code: 'registry-device-revoked',
    sentence: 'This machine was taken off the membership. Join again with the same GSTIN.',
  },
  unknown_key: {
    code: 'registry-device-revoked',
    sentence: 'This machine was taken off the membership. Join again with the same GSTIN.',
  },
};

/** A sentence for the status, in the same words. */
export function troubleWords(
  reason: RegistryTrouble['reason'],
  code: string,
): { readonly sentence: string; readonly isRetryable: boolean } {
  if (reason === 'away')
    return { sentence: 'The registry cannot be reached just now. What waits is kept.', isRetryable: true };
  if (reason === 'foreign')
    return {
      sentence: 'Something else than the registry answered. Perhaps this network asks you to log in first.',
      isRetryable: true,
    };
  const known = REFUSALS[code];
  return { sentence: known?.sentence ?? `The registry said no (${code}).`, isRetryable: false };
}
