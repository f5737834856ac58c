import type { Day } from '#domain/days.ts';
import { instant } from '../clock.ts';
import type { MemberPurpose, MemberStatus } from '../members/status.ts';
import type { Tx } from './database.ts';

export type CallerRow = {
  readonly epoch: number;
  readonly public_key: Buffer;
  readonly revoked_at: number | null;
  readonly status: MemberStatus;
  readonly joined_on: Day;
  readonly probation_until: Day;
  readonly purpose: MemberPurpose;
  readonly contributed_on: Day | null;
};

export async function callerOf(tx: Tx, memberNo: number, deviceNo: number): Promise<CallerRow | null> {
  const [row] = await tx.rows<CallerRow>({
    name: 'device-of-caller',
    text: `SELECT d.epoch, d.public_key, d.revoked_at, m.status, m.joined_on, m.probation_until, m.purpose,
             m.contributed_on
           FROM device d JOIN member m ON m.member_no = d.member_no
           WHERE d.member_no = $1 AND d.device_no = $2`,
    values: [memberNo, deviceNo],
  });
  return row ?? null;
}

export type Admitting = {
  readonly memberNo: number;
  readonly deviceNo: number;
  readonly nonce: Uint8Array;
  readonly expiresAt: number;
};

export type Admitted = Omit<CallerRow, 'public_key'> & {
  /** False where this member used the nonce before, or the device was taken off. */
  readonly is_new: boolean;
};

/** Who a device is now and its nonce in one step, for a request whose signature has been found right. */
export async function admitCaller(
  tx: Tx,
  { memberNo, deviceNo, nonce, expiresAt }: Admitting,
): Promise<Admitted | null> {
  const [row] = await tx.rows<Admitted>({
    name: 'admit-caller',
    text: `WITH caller AS (
             SELECT d.epoch, d.revoked_at, m.status, m.joined_on, m.probation_until, m.purpose, m.contributed_on
             FROM device d JOIN member m ON m.member_no = d.member_no
             WHERE d.member_no = $1 AND d.device_no = $2),
           spent AS (
             INSERT INTO nonce (member_no, nonce, expires_at)
             SELECT $1, $3, $4 FROM caller WHERE caller.revoked_at IS NULL
             ON CONFLICT (member_no, nonce) DO NOTHING RETURNING member_no)
           SELECT caller.*, EXISTS (SELECT 1 FROM spent) AS is_new FROM caller`,
    values: [memberNo, deviceNo, nonce, instant(expiresAt)],
  });
  return row ?? null;
}

export type DeviceRow = {
  readonly device_no: number;
  readonly epoch: number;
  readonly public_key: Buffer;
  readonly enrolled_at: number;
  readonly revoked_at: number | null;
};

export async function devicesOf(tx: Tx, memberNo: number): Promise<readonly DeviceRow[]> {
  return await tx.rows<DeviceRow>({
    name: 'devices-of-member',
    text: `SELECT device_no, epoch, public_key, enrolled_at, revoked_at FROM device
           WHERE member_no = $1 ORDER BY device_no`,
    values: [memberNo],
  });
}

type Counts = { readonly device_count: number; readonly epoch_count: number };

/** The next numbers for a device and an epoch; the member's row stays locked until the commit. */
async function countOn(tx: Tx, memberNo: number, devices: number): Promise<Counts> {
  const [row] = await tx.rows<Counts>({
    name: 'count-device',
    text: `UPDATE member SET device_count = device_count + $2, epoch_count = epoch_count + 1
           WHERE member_no = $1 RETURNING device_count, epoch_count`,
    values: [memberNo, devices],
  });
  if (!row) throw new Error('There is no such member.');
  return row;
}

type NewDevice = { readonly memberNo: number; readonly publicKey: Uint8Array; readonly at: number };

export async function addDevice(
  tx: Tx,
  { memberNo, publicKey, at }: NewDevice,
): Promise<{ readonly deviceNo: number; readonly epoch: number }> {
  const { device_count: deviceNo, epoch_count: epoch } = await countOn(tx, memberNo, 1);
  await tx.rows({
    name: 'add-device',
    text: `INSERT INTO device (member_no, device_no, epoch, public_key, enrolled_at) VALUES ($1, $2, $3, $4, $5)`,
    values: [memberNo, deviceNo, epoch, publicKey, instant(at)],
  });
  return { deviceNo, epoch };
}

/** What this device counts from now on is newer than all it counted before. */
export async function newEpoch(tx: Tx, memberNo: number, deviceNo: number): Promise<number> {
  const { epoch_count: epoch } = await countOn(tx, memberNo, 0);
  await tx.rows({
    name: 'set-epoch',
    text: 'UPDATE device SET epoch = $3, last_seq = -1 WHERE member_no = $1 AND device_no = $2',
    values: [memberNo, deviceNo, epoch],
  });
  return epoch;
}

/** Locks the member's row, so that two who add devices to it wait for each other. */
export async function lockMember(tx: Tx, memberNo: number): Promise<void> {
  await tx.rows({
    name: 'lock-member',
    text: 'SELECT member_no FROM member WHERE member_no = $1 FOR UPDATE',
    values: [memberNo],
  });
}

type Revoking = { readonly memberNo: number; readonly at: number };

/** False where it was revoked before. */
export async function revokeDevice(
  tx: Tx,
  { memberNo, deviceNo, at }: Revoking & { readonly deviceNo: number },
): Promise<boolean> {
  const rows = await tx.rows({
    name: 'revoke-device',
    text: `UPDATE device SET revoked_at = $3
           WHERE member_no = $1 AND device_no = $2 AND revoked_at IS NULL RETURNING device_no`,
    values: [memberNo, deviceNo, instant(at)],
  });
  return rows.length > 0;
}

/** The numbers of those that were not revoked before. */
export async function revokeDevices(tx: Tx, { memberNo, at }: Revoking): Promise<readonly number[]> {
  const rows = await tx.rows<{ readonly device_no: number }>({
    name: 'revoke-devices',
    text: `UPDATE device SET revoked_at = $2 WHERE member_no = $1 AND revoked_at IS NULL RETURNING device_no`,
    values: [memberNo, instant(at)],
  });
  return rows.map(({ device_no }) => device_no).toSorted((a, b) => a - b);
}
