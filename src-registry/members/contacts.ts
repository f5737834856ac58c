import { z } from 'zod';
import { contactShape } from '#contract/registry/fields.ts';
import { sha256 } from '../crypto.ts';
import type { Notice, Notified } from '../notifier/notifier.ts';
import type { Registry } from '../registry.ts';
import type { MemberRow } from '../store/members.ts';

export type Contact = z.infer<typeof contactShape>;

/** Under which a member's own contact is sealed. */
export function sealKeyOfMember(memberNo: number): Uint8Array {
  return sha256(Buffer.from(`member|${memberNo}`, 'utf8'));
}

/** What an applicant said of himself, for whoever admits him: it is kept no longer than that takes. */
export type Applied = z.infer<typeof appliedShape>;

const appliedShape = z.strictObject({ gstin: z.string(), legal_name: z.string() });
const sealedShape = contactShape.extend({ applied: appliedShape.optional() });

/** What of a member is sealed: how he is reached and, while he waits to be admitted, who he says he is. */
export async function sealedMember(
  registry: Registry,
  memberNo: number,
  of: Contact & { readonly applied?: Applied },
): Promise<Buffer> {
  const { mobile, email, applied } = of;
  const text = JSON.stringify({ mobile, email, ...(applied && { applied }) });
  return Buffer.from(await registry.contacts.seal(sealKeyOfMember(memberNo), text));
}

/** He left so long ago that it is not kept how he is reached. */
export function isForgotten({ contact_ct }: Pick<MemberRow, 'contact_ct'>): boolean {
  return contact_ct.length === 0;
}

export async function openedMember(
  registry: Registry,
  member: MemberRow,
): Promise<{ readonly contact: Contact; readonly applied: Applied | null }> {
  if (isForgotten(member)) return { contact: { mobile: null, email: null }, applied: null };
  const opened = await registry.contacts.open(sealKeyOfMember(member.member_no), member.contact_ct);
  const { mobile, email, applied = null } = sealedShape.parse(JSON.parse(opened));
  return { contact: { mobile, email }, applied };
}

export async function contactOfMember(registry: Registry, member: MemberRow): Promise<Contact> {
  return (await openedMember(registry, member)).contact;
}

/** Tells a member something in his language, at the contact that he registered. */
export async function notifyMember(
  registry: Registry,
  member: MemberRow,
  notice: Pick<Notice, 'kind' | 'template' | 'subject' | 'text'>,
): Promise<Notified> {
  const to = await contactOfMember(registry, member);
  return await registry.notifier.send({ ...notice, to, lang: member.lang });
}
