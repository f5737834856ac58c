import type { Membership } from '#contract/engine/registry.ts';

export const registryLamps = ['green', 'amber', 'red', 'off'] as const;
export type RegistryLamp = (typeof registryLamps)[number];

/** Red: the owner has to do something. Amber: something waits, or will come right by itself. */
export function lampOf({ status, trouble, queuedCount, openDisputeCount }: Membership): RegistryLamp {
  if (status === 'off' || status === 'left') return 'off';
  if (status === 'suspended' || needsOwner(trouble?.code)) return 'red';
  if (
    status === 'applied' ||
    status === 'pending' ||
    trouble !== null ||
    queuedCount > 0 ||
    openDisputeCount > 0
  )
    return 'amber';
  return 'green';
}

/** What is in the way, in the few kinds that a reader tells apart. */
export const troubleKinds = [
  'away',
  'foreign',
  'keys',
  'device',
  'suspended',
  'copied',
  'log',
  'too-many',
  'clock',
  'pending',
  'purpose',
  'said-no',
] as const;
export type TroubleKind = (typeof troubleKinds)[number];

const KNOWN: Readonly<Record<string, TroubleKind>> = {
  away: 'away',
  foreign: 'foreign',
  'keys-gone': 'keys',
  'copied-book': 'copied',
  revoked_key: 'device',
  unknown_key: 'device',
  suspended: 'suspended',
  too_many: 'too-many',
  clock_skew: 'clock',
  member_pending: 'pending',
  purpose: 'purpose',
};

/** From the code of a failed sync: the registry's own codes are small letters, those of the network are capitals. */
export function troubleKindOf(code: string): TroubleKind {
  const known = KNOWN[code];
  if (known) return known;
  if (code.startsWith('log-')) return 'log';
  if (code.startsWith('BAD-')) return 'foreign';
  return /^[a-z]/.test(code) ? 'said-no' : 'away';
}

/** Troubles that no waiting heals. */
const FOR_THE_OWNER: ReadonlySet<TroubleKind> = new Set([
  'keys',
  'device',
  'suspended',
  'copied',
  'log',
  'clock',
  'purpose',
]);

function needsOwner(code: string | undefined): boolean {
  return code !== undefined && FOR_THE_OWNER.has(troubleKindOf(code));
}

/** Healed by joining again with the same GSTIN: one stays the same member. */
export function canRejoin({ trouble }: Pick<Membership, 'trouble'>): boolean {
  const kind = trouble === null ? null : troubleKindOf(trouble.code);
  return kind === 'keys' || kind === 'device' || kind === 'purpose';
}

export const registryTabs = ['standing', 'publish', 'published', 'disputes', 'checks'] as const;
export type RegistryTab = (typeof registryTabs)[number];

/** What a member joined for; what he published before stays to be seen. Who only publishes asks persons for their leave. */
export function tabsFor({ purpose }: Pick<Membership, 'purpose'>): readonly RegistryTab[] {
  return registryTabs.filter((tab) => tab !== 'publish' || purpose !== 'check');
}

/** How it stands with the registry itself, in the words of its heading. */
export function standingOf({ status }: Pick<Membership, 'status'>): 'member' | 'pending' | 'suspended' {
  return status === 'pending' || status === 'suspended' ? status : 'member';
}

/** Whether what is in the way is how it stands, which is said already. */
export function isSaidAbove({ status, trouble }: Pick<Membership, 'status' | 'trouble'>): boolean {
  return trouble !== null && troubleKindOf(trouble.code) === status;
}

/** Whether the screen shows the work of a member, rather than what a registry is. */
export function isMember({ status }: Pick<Membership, 'status'>): boolean {
  return status === 'member' || status === 'pending' || status === 'suspended';
}
