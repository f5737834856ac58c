// What one member may ask for, told in /meta and not built into the desktop (docs/registry.md 6).

export const quotaKinds = ['blind', 'batches', 'items', 'consents', 'checks', 'changes'] as const;
export type QuotaKind = (typeof quotaKinds)[number];

export type Quota = { readonly perDay: number; readonly perMinute: number | null };

export const quotas: Readonly<Record<QuotaKind, Quota>> = {
  blind: { perDay: 2_000, perMinute: 500 },
  batches: { perDay: 200, perMinute: null },
  items: { perDay: 20_000, perMinute: null },
  consents: { perDay: 50, perMinute: null },
  checks: { perDay: 50, perMinute: null },
  changes: { perDay: 1_440, perMinute: null },
};

/** New identifiers that a member may blind while his whole ledger is new to the registry. */
export const BLIND_FIRST_MOST = 10_000;
export const BLIND_FIRST_DAYS = 30;
export const CHECKS_ON_PROBATION = 10;
/** Of a member who adds nothing that others could be told: no one-way road. */
export const CHECKS_WITHOUT_DUES = 2;
/** A due of his that was seen, or settled, so long ago counts no more. */
export const CONTRIBUTED_DAYS = 365;
/** OTPs to one mobile in a day, over all members. */
export const OTPS_PER_MOBILE = 3;
export const OTP_TRIES_MOST = 5;
export const OTP_MINUTES = 10;

export type MemberAge = {
  readonly memberDays: number;
  readonly isOnProbation: boolean;
  /** A due of his was visible, or settled, within the last year. */
  readonly hasContributed: boolean;
};

/** The day's limit for one member. */
export function dailyLimit(
  kind: QuotaKind,
  { memberDays, isOnProbation, hasContributed }: MemberAge,
): number {
  if (kind === 'blind' && memberDays < BLIND_FIRST_DAYS) return BLIND_FIRST_MOST;
  if (kind === 'checks' && !hasContributed) return CHECKS_WITHOUT_DUES;
  if (kind === 'checks' && isOnProbation) return CHECKS_ON_PROBATION;
  return quotas[kind].perDay;
}

export type QuotaAnswer = { readonly isGranted: boolean; readonly left: number };

/** All or nothing: half a batch of identifiers helps nobody. */
export function askQuota(used: number, asked: number, limit: number): QuotaAnswer {
  const isGranted = used + asked <= limit;
  return { isGranted, left: Math.max(0, limit - used - (isGranted ? asked : 0)) };
}
