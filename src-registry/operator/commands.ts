import { canonicalIdentifier, identifiersOf, type Identifier } from '#domain/registry/subjects.ts';
import { identifierKinds } from '#domain/registry/words.ts';
import { memberIdOf, memberNoOf } from '../members/member-id.ts';
import type { Registry } from '../registry.ts';
import { admit, forgetContact, OperatorError, releasePan, restore, suspend } from './acts.ts';
import { carryOut, refuseErasure } from './erasures.ts';
import { erasureLines, oneErasureLines } from './erasure-listing.ts';
import { refusalCodes, type RefusalCode } from '../store/erasures.ts';
import { alarmLines, memberLines, oneMemberLines, pendingLines } from './listing.ts';

// What the operator types, read and done. A member is named by the id that the lists show.

export const HELP = `members [--pending]           who is a member; with --pending who waits to be admitted, and who he says he is
member ID                     one member, and what was done to him
admit ID [--known]            lets him in; --known: you know the business, and it is spared the probation
suspend ID                    what he reported is hidden, and he may neither report nor ask
restore ID                    ends that, and lets go what was held of him
release-pan ID                he took another's PAN: he is out with all he said, and the owner can join
forget-contact WHO CONTACT    CONTACT (+91… or a mail address) decides nothing any more for WHO (PAN, GSTIN or mobile)
erasures [ID]                 what debtors asked to be erased and nobody answered; with ID one of them, and what he wrote
erase ID [--checked]          erases what he asked; --checked: you know who asked, though the number was not known as his
refuse-erasure ID --reason R  does not, and tells him why; R is ${refusalCodes.join(', ')}
alarms                        what you should look at`;

export type Command =
  | { readonly what: 'members'; readonly isPendingOnly: boolean }
  | { readonly what: 'admit'; readonly memberNo: number; readonly isKnown: boolean }
  | { readonly what: 'member' | 'suspend' | 'restore' | 'release-pan'; readonly memberNo: number }
  | { readonly what: 'forget-contact'; readonly identifier: Identifier; readonly contact: string }
  | { readonly what: 'erasures'; readonly requestId: string | null }
  | { readonly what: 'erase'; readonly requestId: string; readonly isChecked: boolean }
  | { readonly what: 'refuse-erasure'; readonly requestId: string; readonly code: RefusalCode }
  | { readonly what: 'alarms' };

/** Null for what is none. */
export function command(words: readonly string[]): Command | null {
  const flags = words.filter((word) => word.startsWith('--'));
  const [what, first = '', second = '', ...more] = words.filter((word) => !word.startsWith('--'));
  const only = (flag: string | null): boolean => flags.every((one) => one === flag) && more.length === 0;
  const memberNo = memberNoNamed(first);
  switch (what) {
    case 'members':
      return only('--pending') && first === '' ? { what, isPendingOnly: flags.length > 0 } : null;
    case 'alarms':
      return only(null) && first === '' ? { what } : null;
    case 'admit':
      return only('--known') && memberNo !== null && second === ''
        ? { what, memberNo, isKnown: flags.length > 0 }
        : null;
    case 'member':
    case 'suspend':
    case 'restore':
    case 'release-pan':
      return only(null) && memberNo !== null && second === '' ? { what, memberNo } : null;
    case 'forget-contact': {
      const identifier = identifierNamed(first);
      return only(null) && identifier !== null && second !== ''
        ? { what, identifier, contact: contactNamed(second) }
        : null;
    }
    case 'erasures':
    case 'erase':
    case 'refuse-erasure':
      return more.length === 0 ? erasureCommand(what, { id: first, code: second, flags }) : null;
    case undefined:
    default:
      return null;
  }
}

type Typed = { readonly id: string; readonly code: string; readonly flags: readonly string[] };

function erasureCommand(
  what: 'erasures' | 'erase' | 'refuse-erasure',
  { id, code, flags }: Typed,
): Command | null {
  const said = flags.join(' ');
  if (what === 'erasures' && id === '' && code === '' && said === '') return { what, requestId: null };
  if (!UUID.test(id)) return null;
  const requestId = id.toLowerCase();
  if (what === 'refuse-erasure') {
    const found = refusalCodes.find((one) => one === code);
    return found !== undefined && said === '--reason' ? { what, requestId, code: found } : null;
  }
  if (code !== '') return null;
  if (what === 'erase')
    return said === '' || said === '--checked' ? { what, requestId, isChecked: said !== '' } : null;
  return said === '' ? { what, requestId } : null;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function memberNoNamed(text: string): number | null {
  return /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : memberNoOf(text);
}

function identifierNamed(value: string): Identifier | null {
  const found = identifierKinds.map((kind) => canonicalIdentifier({ kind, value })).find(({ ok }) => ok);
  if (!found?.ok) return null;
  // As members name him: the PAN that a GSTIN holds.
  const [own] =
    found.value.kind === 'gstin' ? identifiersOf({ pan: null, gstin: found.value.value, mobile: null }) : [];
  return own ?? found.value;
}

/** As members write it. */
function contactNamed(text: string): string {
  const mobile = canonicalIdentifier({ kind: 'mobile', value: text });
  return mobile.ok ? mobile.value.value : text;
}

/** The lines that it has to say. Throws OperatorError where it cannot be done. */
export async function perform(registry: Registry, wished: Command): Promise<readonly string[]> {
  switch (wished.what) {
    case 'members':
      return wished.isPendingOnly ? await pendingLines(registry) : await memberLines(registry);
    case 'member':
      return await oneMemberLines(registry, wished.memberNo);
    case 'alarms':
      return await alarmLines(registry);
    case 'erasures':
      return wished.requestId === null
        ? await erasureLines(registry)
        : await oneErasureLines(registry, wished.requestId);
    case 'erase':
      return await carryOut(registry, wished);
    case 'refuse-erasure':
      return await refuseErasure(registry, wished);
    case 'admit':
      await admit(registry, wished.memberNo, wished);
      return [
        `${memberIdOf(wished.memberNo)} is admitted${wished.isKnown ? ' as a business you know' : ', on probation'}.`,
      ];
    case 'suspend':
      await suspend(registry, wished.memberNo);
      return [`${memberIdOf(wished.memberNo)} is suspended.`];
    case 'restore':
      await restore(registry, wished.memberNo);
      return [`${memberIdOf(wished.memberNo)} is restored.`];
    case 'release-pan':
      await releasePan(registry, wished.memberNo);
      return [`${memberIdOf(wished.memberNo)} is out; the PAN can join anew.`];
    case 'forget-contact':
      if (!(await forgetContact(registry, wished)))
        throw new OperatorError('This contact has not answered for this business.');
      return ['The contact decides nothing any more.'];
  }
}
