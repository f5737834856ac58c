import type { Day } from '#domain/days.ts';

export type MemberStatus = 'pending' | 'probation' | 'active' | 'suspended' | 'left';

export type MemberPurpose = 'publish' | 'check' | 'both';

/** What is stored, read on a day: probation ends by itself. */
export function statusOn(stored: MemberStatus, probationUntil: Day, today: Day): MemberStatus {
  return stored === 'probation' && today >= probationUntil ? 'active' : stored;
}
