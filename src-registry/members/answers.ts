import type { AnswerOf } from '#contract/registry.ts';
import { dailyLimit, quotaKinds, quotas } from '#domain/registry/quotas.ts';
import { ITEMS_MOST } from '#domain/registry/batches.ts';
import { toBase64Url } from '#domain/registry/bytes.ts';
import { verifierKey } from '#domain/registry/notes.ts';
import { NOTICE_DAYS, OVERDUE_LEAST_DAYS } from '#domain/registry/visibility.ts';
import { daysBetween } from '#domain/days.ts';
import { BODY_BYTES_MOST } from '#contract/registry.ts';
import type { Member } from '#contract/registry/members.ts';
import { KEY_VERSION } from '../blinder/blind.ts';
import { instant } from '../clock.ts';
import { sha256 } from '../crypto.ts';
import { tokenOfKey } from '../ids.ts';
import type { Registry } from '../registry.ts';
import { devicesOf } from '../store/devices.ts';
import type { MemberRow } from '../store/members.ts';
import { quotasUsed } from '../store/quotas.ts';
import { MIN_CLIENT, TERMS_VERSION } from './limits.ts';
import { deviceIdOf, memberIdOf } from './member-id.ts';
import { isLately } from './spend-quota.ts';
import { statusOn } from './status.ts';
import { termsText } from './terms.ts';

export function metaAnswer(registry: Registry): AnswerOf<'meta'> {
  return {
    name: registry.name,
    protocol: 'v1',
    key_versions: [KEY_VERSION],
    log: {
      origin: registry.origin,
      verifier_key: verifierKey(sha256, registry.origin, registry.logKey.publicKey),
    },
    receipt_key: toBase64Url(registry.receiptKey.publicKey),
    limits: {
      items_per_batch: ITEMS_MOST,
      body_bytes: BODY_BYTES_MOST,
      quotas: Object.fromEntries(quotaKinds.map((kind) => [kind, quotas[kind].perDay])),
      least_overdue_days: OVERDUE_LEAST_DAYS,
      notice_days: NOTICE_DAYS,
    },
    min_client: MIN_CLIENT,
    terms: {
      version: TERMS_VERSION,
      sha256: Buffer.from(sha256(Buffer.from(termsText(), 'utf8'))).toString('hex'),
      url: `${registry.publicUrl}/terms`,
    },
  };
}

export async function memberAnswer(registry: Registry, member: MemberRow, deviceNo: number): Promise<Member> {
  const devices = await devicesOf(registry.store, member.member_no);
  const status = statusOn(member.status, member.probation_until, registry.today());
  return {
    member_id: memberIdOf(member.member_no),
    device_id: deviceIdOf(deviceNo),
    epoch: devices.find(({ device_no }) => device_no === deviceNo)?.epoch ?? 1,
    member_token: tokenOfKey(member.pan_key),
    legal_name: member.legal_name,
    status,
    probation_until: status === 'probation' ? member.probation_until : null,
  };
}

export async function meAnswer(
  registry: Registry,
  member: MemberRow,
  deviceNo: number,
): Promise<AnswerOf<'me'>> {
  const { store, today } = registry;
  const own = await memberAnswer(registry, member, deviceNo);
  const devices = await devicesOf(store, member.member_no);
  const used = new Map(
    (await quotasUsed(store, member.member_no, today())).map((row) => [row.kind, row.used]),
  );
  const age = {
    memberDays: daysBetween(member.joined_on, today()),
    isOnProbation: own.status === 'probation',
    hasContributed: isLately(member.contributed_on, today()),
  };
  return {
    ...own,
    devices: devices.map(({ device_no, epoch, enrolled_at, revoked_at }) => ({
      device_id: deviceIdOf(device_no),
      epoch,
      enrolled_at: instant(enrolled_at),
      revoked_at: revoked_at === null ? null : instant(revoked_at),
    })),
    quotas: Object.fromEntries(
      quotaKinds.map((kind) => [kind, { used: used.get(kind) ?? 0, limit: dailyLimit(kind, age) }]),
    ),
  };
}
