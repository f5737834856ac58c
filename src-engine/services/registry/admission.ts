import type { RegistryTrouble } from '../../adapters/registry-port.ts';
import { patchMembership } from '../../storage/registry.ts';
import type { BookContext } from '../door.ts';
import type { Membered } from './link.ts';
import { statusFrom } from './membership.ts';

/** Who waits to be admitted asks so often whether he was; with some chance in it, so that not all come at once. */
const ASKED_LEAST_MS = 30 * 60_000;
const ASKED_SPREAD_MS = 30 * 60_000;

export type Standing = { readonly kind: 'goes-on' } | { readonly kind: 'waits' } | RegistryTrouble;

/** Whether the registry has admitted this member, or lets him do again what it had suspended; it alone decides. */
export async function standingNow(context: BookContext, { row, link }: Membered): Promise<Standing> {
  return row.status === 'member' ? { kind: 'goes-on' } : await askStanding(context, { link });
}

/** How the registry says that he stands, whatever this book believed. */
export async function askStanding(context: BookContext, { link }: Pick<Membered, 'link'>): Promise<Standing> {
  const { db, registry, now } = context;
  const asked = await registry.call(link, 'me');
  if (!asked.ok) return asked;
  const status = statusFrom(asked.value.status);
  db.write((tx) =>
    patchMembership(tx, {
      status,
      probationUntil: asked.value.probation_until,
      clockOffsetMs: asked.clockOffsetMs,
      ...(status === 'pending' && { nextSyncAt: now() + ASKED_LEAST_MS + registry.below(ASKED_SPREAD_MS) }),
    }),
  );
  return { kind: status === 'pending' ? 'waits' : 'goes-on' };
}
