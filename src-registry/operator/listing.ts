import { instant } from '../clock.ts';
import { openedMember } from '../members/contacts.ts';
import { memberIdOf } from '../members/member-id.ts';
import { statusOn } from '../members/status.ts';
import type { Registry } from '../registry.ts';
import { alarmsOf } from '../store/alarms.ts';
import { membersAfter, memberOf, pendingMembers, type MemberRow } from '../store/members.ts';
import { actsOn } from '../store/operator.ts';
import { OperatorError } from './acts.ts';

// What the operator reads: a line for each, parts with tabs between them.

const MEMBERS_AT_ONCE = 500;

export async function memberLines(registry: Registry): Promise<readonly string[]> {
  const lines: string[] = [];
  let after = 0;
  for (;;) {
    const members = await membersAfter(registry.store, after, MEMBERS_AT_ONCE);
    lines.push(...members.map((member) => lineOf(registry, member)));
    if (members.length < MEMBERS_AT_ONCE) break;
    after = members.at(-1)?.member_no ?? after;
  }
  return lines.length === 0 ? ['Nobody is a member yet.'] : lines;
}

function lineOf(registry: Registry, member: MemberRow): string {
  return [
    memberIdOf(member.member_no),
    standingOf(registry, member),
    `since ${member.joined_on}`,
    member.purpose,
    member.legal_name,
  ].join('\t');
}

function standingOf(registry: Registry, member: MemberRow): string {
  if (member.void_on !== null) return 'void';
  const status = statusOn(member.status, member.probation_until, registry.today());
  return member.stopped_on === null ? status : `${status}, new dues held`;
}

/** With who he says he is: that is what there is to look up. */
export async function pendingLines(registry: Registry): Promise<readonly string[]> {
  const members = await pendingMembers(registry.store);
  if (members.length === 0) return ['Nobody waits to be admitted.'];
  const lines: string[] = [];
  for (const member of members) {
    const { contact, applied } = await openedMember(registry, member);
    const name = applied?.legal_name ?? member.legal_name;
    const before = name === member.legal_name ? [] : [`before: ${member.legal_name}`];
    const parts = [
      memberIdOf(member.member_no),
      `waits since ${member.pending_on ?? ''}`,
      applied?.gstin ?? '',
      name,
      contact.mobile ?? contact.email ?? '',
      ...before,
    ];
    lines.push(parts.join('\t'));
  }
  return lines;
}

export async function oneMemberLines(registry: Registry, memberNo: number): Promise<readonly string[]> {
  const member = await memberOf(registry.store, memberNo);
  if (member === null) throw new OperatorError('There is no such member.');
  const acts = await actsOn(registry.store, memberNo);
  return [lineOf(registry, member), ...acts.map(({ at, what }) => `${instant(at)}\t${what}`)];
}

export async function alarmLines({ store }: Registry): Promise<readonly string[]> {
  const alarms = await alarmsOf(store);
  if (alarms.length === 0) return ['There is nothing to look at.'];
  return alarms.map(({ member_no, kind, since, count, of_count, legal_name }) =>
    [
      legal_name === null ? 'registry' : memberIdOf(member_no),
      kind,
      `${count} of ${of_count}`,
      `since ${instant(since)}`,
      legal_name ?? '',
    ]
      .join('\t')
      .trimEnd(),
  );
}
