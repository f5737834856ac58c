import type { Membership } from '#contract/engine/registry.ts';
import type { Meta } from '#contract/registry/members.ts';
import type { AnswerOf } from '#contract/registry.ts';
import { readCheckpoint, readNote } from '#domain/registry/notes.ts';
import { canonicalIdentifier } from '#domain/registry/subjects.ts';
import { refuse } from '#domain/result.ts';
import { day } from '#domain/days.ts';
import {
  forgetOtherRegistry,
  membershipRow,
  patchMembership,
  putMembership,
  waitingCount,
  type MembershipRow,
} from '../../storage/registry.ts';
import { queueDues, saidDues, toldDues } from '../../storage/registry-dues.ts';
import { dropOpenBatches, openBatch } from '../../storage/registry-batches.ts';
import { openDisputeCount } from '../../storage/registry-disputes.ts';
import { bookDoor, refused, type BookContext } from '../door.ts';
import type { RegistryKeys } from '../../adapters/registry-port.ts';
import { NOTICE_DAYS } from '#domain/registry/visibility.ts';
import { wordIn } from './publish.ts';
import {
  anybody,
  keepKeys,
  keptKeys,
  notMember,
  registryVaultClosed,
  troubled,
  vaultNameOf,
} from './link.ts';

/** Without the network: as this book knows it. */
export function membershipNow({ db, today }: Pick<BookContext, 'db' | 'today'>): Membership {
  return db.read((tx) => {
    const row = membershipRow(tx);
    const size = row?.checkpoint ? readCheckpoint(readNote(row.checkpoint)?.text ?? '')?.size : undefined;
    return {
      status: row?.status ?? 'off',
      address: row?.address ?? null,
      registryName: row?.registryName ?? null,
      legalName: row?.legalName ?? null,
      purpose: row?.purpose ?? null,
      memberId: row?.memberId ?? null,
      deviceId: row?.deviceId ?? null,
      // Over by itself on its last day.
      probationUntil: row?.probationUntil && row.probationUntil > today ? day(row.probationUntil) : null,
      noticeDays: row?.noticeDays ?? NOTICE_DAYS,
      joinedAt: row?.joinedAt ?? null,
      queuedCount: waitingCount(tx),
      isSending: openBatch(tx)?.state === 'sending',
      lastSyncAt: row?.lastSyncAt ?? null,
      nextSyncAt: row?.nextSyncAt ?? null,
      trouble: troubleOf(row),
      log:
        row?.checkpointAt && size !== undefined
          ? { origin: row.origin, size, checkedAt: row.checkpointAt }
          : null,
      openDisputeCount: openDisputeCount(tx),
    };
  });
}

function troubleOf(row: MembershipRow | undefined): Membership['trouble'] {
  if (!row?.troubleCode || row.troubleAt === null) return null;
  return { code: row.troubleCode, sentence: row.troubleSentence ?? '', at: row.troubleAt };
}

async function metaOf(context: BookContext, address: string): Promise<Meta> {
  const meta = await context.registry.call(anybody(context, address), 'meta');
  if (!meta.ok) throw troubled(meta);
  return meta.value;
}

const terms = bookDoor.registry.terms.handler(async ({ context, input: { address } }) => {
  const meta = await metaOf(context, address);
  return {
    address,
    name: meta.name,
    termsVersion: meta.terms.version,
    termsUrl: meta.terms.url,
    leastOverdueDays: meta.limits.least_overdue_days,
    noticeDays: meta.limits.notice_days,
  };
});

type JoinWish = {
  readonly address: string;
  readonly legalName: string;
  readonly gstin: string;
  readonly contact: { readonly mobile: string | null; readonly email: string | null };
  readonly purpose: 'publish' | 'check' | 'both';
  readonly termsVersion: string;
  readonly language: 'en' | 'hi';
};

/** Keys are made and kept before anything is asked: an answer that is lost costs nothing but another password. */
async function join(context: BookContext, wish: JoinWish): Promise<{ expiresAt: number }> {
  const { db, vault, registry, now, homeOf, bookId } = context;
  if (!vault.isOpen()) throw registryVaultClosed();
  const before = db.read(membershipRow);
  if (before && !(await mayJoin(context, before, wish))) throw memberAlready(before.registryName);
  const { gstin, contact } = identityOf(wish);
  const meta = await metaOf(context, wish.address);
  const keys = registry.newKeys();
  const old = await vault.take(vaultNameOf(context));
  // References to bills must stay the same over memberships: they are what the registry knows a due by.
  const refSecret = old?.['refSecret'] ?? keys.refSecret;
  const isAgain = before !== undefined && before.status !== 'applied' && before.status !== 'left';
  const { address, legalName, purpose, termsVersion } = wish;
  const applicationId = context.newId();
  const made = { keys: { ...keys, refSecret }, epoch: 0, seq: 0 };
  // Until the password is typed he is the member that he was, with the keys that he had.
  if (isAgain)
    await vault.put(againNameOf(context), { ...made.keys, applicationId, legalName, purpose, termsVersion });
  else await keepKeys(context, made);
  const asked = await registry.call(anybody(context, wish.address), 'join', {
    body: {
      schema: 'join.v1',
      application_id: applicationId,
      legal_name: wish.legalName,
      gstin,
      contact,
      purpose: wish.purpose,
      terms_version: wish.termsVersion,
      device_key: keys.publicKey,
      lang: wish.language,
    },
  });
  if (!asked.ok) throw troubled(asked);
  if (isAgain) return { expiresAt: Date.parse(asked.value.expires_at) || now() };
  const applied = { status: 'applied', address, legalName, purpose, termsVersion, applicationId } as const;
  db.write((tx) => {
    if (before && before.origin !== meta.log.origin) forgetOtherRegistry(tx, now());
    putMembership(tx, { ...applied, ...namesOf(meta), home: homeOf(bookId).home });
  });
  context.changed('registry');
  return { expiresAt: Date.parse(asked.value.expires_at) || now() };
}

/** A member joins his own registry again where his keys are gone or were taken off, or for another purpose. */
async function mayJoin(
  context: BookContext,
  { status, address, purpose, troubleCode }: MembershipRow,
  wish: JoinWish,
): Promise<boolean> {
  if (status === 'applied' || status === 'left') return true;
  if (wish.address !== address) return false;
  const isOff = troubleCode === 'revoked_key' || troubleCode === 'unknown_key';
  return isOff || wish.purpose !== purpose || (await keptKeys(context)) === null;
}

function identityOf({ gstin, contact }: JoinWish): Pick<JoinWish, 'gstin' | 'contact'> {
  const number = canonicalIdentifier({ kind: 'gstin', value: gstin });
  if (!number.ok) throw refused(number.refusal);
  const mobile =
    contact.mobile === null ? null : canonicalIdentifier({ kind: 'mobile', value: contact.mobile });
  if (mobile?.ok === false) throw refused(mobile.refusal);
  if (mobile === null && contact.email === null) throw refused(CONTACT_MISSING.refusal);
  return {
    gstin: number.value.value,
    contact: { mobile: mobile?.value.value ?? null, email: contact.email },
  };
}

export const CONTACT_MISSING = refuse(
  'registry-contact-missing',
  'Give a mobile number or a mail address: a one-time password is sent there.',
  { field: 'contact' },
);

function namesOf(meta: Meta): {
  readonly registryName: string;
  readonly keyVersion: string;
  readonly origin: string;
  readonly verifierKey: string;
  readonly receiptKey: string;
  readonly noticeDays: number;
} {
  return {
    registryName: meta.name,
    noticeDays: meta.limits.notice_days,
    keyVersion: meta.key_versions[0] ?? 'h1',
    origin: meta.log.origin,
    verifierKey: meta.log.verifier_key,
    receiptKey: meta.receipt_key,
  };
}

function memberAlready(registryName: string): Error {
  const sentence = `This book is a member of ${registryName} already. Leave it before you join another.`;
  return refused(refuse('registry-member-already', sentence, { values: { registryName } }).refusal);
}

async function confirmJoin(context: BookContext, otp: string): Promise<Membership> {
  const { db, registry, now, vault } = context;
  const row = db.read(membershipRow);
  const again = row && row.status !== 'applied' ? await appliedAgain(context) : null;
  if (row === undefined || (row.status !== 'applied' && again === null)) throw notMember();
  const application_id = again?.fields.applicationId ?? row.applicationId;
  const asked = await registry.call(anybody(context, row.address), 'confirmJoin', {
    body: { schema: 'join-confirm.v1', application_id, otp },
  });
  if (!asked.ok) throw troubled(asked);
  if (again) {
    await keepKeys(context, { keys: again.keys, epoch: 0, seq: 0 });
    await vault.forget(againNameOf(context));
  }
  db.write((tx) => {
    // Whoever comes back compares at once what each side has.
    const fullAt = toldDues(tx, 0, 1).length === 0 ? now() : 0;
    const home = context.homeOf(context.bookId).home;
    const full = { fullAt, fullId: null, fullAfter: 0, home };
    patchMembership(tx, {
      ...again?.fields,
      ...memberFields(asked.value),
      ...full,
      joinedAt: now(),
      nextSyncAt: now(),
    });
    // What was frozen for the machine that this one was before is said anew, and so is what happened meanwhile.
    dropOpenBatches(tx);
    queueDues(
      tx,
      saidDues(tx).map(({ id }) => id),
    );
  });
  context.changed('registry');
  return membershipNow(context);
}

/** Where the keys of an application stand while the membership before it still counts. */
export function againNameOf(context: BookContext): string {
  return `${vaultNameOf(context)}-again`;
}

type Again = {
  readonly keys: RegistryKeys;
  readonly fields: Pick<MembershipRow, 'applicationId' | 'legalName' | 'purpose' | 'termsVersion'>;
};

/** Null: nobody has asked to join again. */
async function appliedAgain(context: BookContext): Promise<Again | null> {
  const kept = (await context.vault.take(againNameOf(context))) ?? {};
  const { seed, publicKey, refSecret, applicationId, legalName, termsVersion } = kept;
  const purpose = wordIn(['publish', 'check', 'both'] as const, kept['purpose'] ?? null);
  if (seed === undefined || publicKey === undefined || refSecret === undefined || purpose === null)
    return null;
  if (applicationId === undefined || legalName === undefined || termsVersion === undefined) return null;
  return {
    keys: { seed, publicKey, refSecret },
    fields: { applicationId, legalName, purpose, termsVersion },
  };
}

function memberFields(member: AnswerOf<'confirmJoin'>): Partial<MembershipRow> {
  return {
    status: statusFrom(member.status),
    memberId: member.member_id,
    deviceId: member.device_id,
    epoch: member.epoch,
    seq: 0,
    previousRoot: '',
    probationUntil: member.probation_until,
    troubleCode: null,
    troubleSentence: null,
    troubleAt: null,
    failures: 0,
  };
}

/** Null: it was left, from another machine or by the registry. */
export function statusFrom(told: AnswerOf<'confirmJoin'>['status']): 'pending' | 'suspended' | 'member' {
  // A registry that is newer than this book may have another word for a member.
  const word: string = told;
  return word === 'pending' || word === 'suspended' ? word : 'member';
}

export const membershipCalls = {
  membership: bookDoor.registry.membership.handler(({ context }) => membershipNow(context)),
  terms,
  join: bookDoor.registry.join.handler(({ context, input }) => join(context, input)),
  confirmJoin: bookDoor.registry.confirmJoin.handler(({ context, input: { otp } }) =>
    confirmJoin(context, otp),
  ),
};
