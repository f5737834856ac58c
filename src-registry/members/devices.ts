import type { AnswerOf, BodyOf } from '#contract/registry.ts';
import { ProblemError } from '../api/problem.ts';
import type { Caller } from '../api/verify.ts';
import { isWeakKey } from '../crypto.ts';
import type { Registry } from '../registry.ts';
import { addDevice, devicesOf, lockMember, newEpoch, revokeDevice, revokeDevices } from '../store/devices.ts';
import { addChange } from '../store/feed.ts';
import { setLeft } from '../store/members.ts';
import { DEVICES_MOST } from './limits.ts';
import { deviceIdOf, deviceNoOf } from './member-id.ts';
import { refuseSuspended } from './refuse-suspended.ts';

/** The same key enrolled twice is one device: the answer may have been lost. */
export async function enrol(
  registry: Registry,
  caller: Caller,
  { device_key }: BodyOf<'enrol'>,
): Promise<AnswerOf<'enrol'>> {
  refuseSuspended(caller);
  const publicKey = Buffer.from(device_key, 'base64url');
  if (isWeakKey(publicKey))
    throw new ProblemError('bad_request', 'With this key anybody could sign.', { at: 'body/device_key' });
  const { memberNo, deviceNo: ownNo } = caller;
  return await registry.store.transaction(async (tx) => {
    await lockMember(tx, memberNo);
    const live = (await devicesOf(tx, memberNo)).filter(({ revoked_at }) => revoked_at === null);
    // Taken off while this call was under way: a stolen machine enrols no other.
    if (!live.some(({ device_no }) => device_no === ownNo))
      throw new ProblemError('revoked_key', 'This device was taken off the membership.');
    const same = live.find(({ public_key }) => public_key.equals(publicKey));
    if (same) return { device_id: deviceIdOf(same.device_no), epoch: same.epoch };
    if (live.length >= DEVICES_MOST)
      throw new ProblemError('conflict', `A member has ${DEVICES_MOST} devices at most.`);
    const { deviceNo, epoch } = await addDevice(tx, { memberNo, publicKey, at: registry.now() });
    return { device_id: deviceIdOf(deviceNo), epoch };
  });
}

export async function revoke(
  registry: Registry,
  { memberNo }: Caller,
  deviceId: string,
): Promise<AnswerOf<'revoke'>> {
  const deviceNo = deviceNoOf(deviceId);
  const at = registry.now();
  await registry.store.transaction(async (tx) => {
    await lockMember(tx, memberNo);
    const devices = await devicesOf(tx, memberNo);
    if (deviceNo === null || !devices.some(({ device_no }) => device_no === deviceNo))
      throw new ProblemError('not_found', 'The membership has no such device.');
    const isRevoked = await revokeDevice(tx, { memberNo, deviceNo, at });
    const change = { type: 'key.revoked', device_id: deviceIdOf(deviceNo) } as const;
    if (isRevoked) await addChange(tx, { memberNo, at, change });
  });
  return {};
}

export async function startEpoch(
  registry: Registry,
  { memberNo, deviceNo }: Caller,
  body: BodyOf<'epoch'>,
): Promise<AnswerOf<'epoch'>> {
  if (deviceNoOf(body.device_id) !== deviceNo)
    throw new ProblemError('not_allowed', 'A device asks for its own epoch only.', { at: 'body/device_id' });
  const epoch = await registry.store.transaction((tx) => newEpoch(tx, memberNo, deviceNo));
  return { epoch, next_seq: 0 };
}

/** Nothing more is taken from him; what he reported stays as it is and fades (docs/registry.md 5). */
export async function leave(registry: Registry, { memberNo }: Caller): Promise<AnswerOf<'leave'>> {
  await registry.store.transaction(async (tx) => {
    await setLeft(tx, memberNo, registry.today());
    await revokeDevices(tx, { memberNo, at: registry.now() });
  });
  return {};
}
