import { createHmac, timingSafeEqual } from 'node:crypto';
import { OTP_TRIES_MOST, OTPS_PER_MOBILE } from '#domain/registry/quotas.ts';
import type { Notice, Notified } from './notifier/notifier.ts';
import type { Registry } from './registry.ts';
import { countOtp } from './store/otps.ts';

// One-time passwords of six digits. Only a keyed hash of one is stored, bound to what it is for.

const OTP_COUNT = 1_000_000;

/** Six digits, each number as likely as any other. */
export function newOtp(registry: Registry): string {
  const limit = 2 ** 32 - (2 ** 32 % OTP_COUNT);
  for (;;) {
    const number = Buffer.from(registry.randomBytes(4)).readUInt32BE();
    if (number < limit) return String(number % OTP_COUNT).padStart(6, '0');
  }
}

/** Bound to the id of what it opens: the same digits mean nothing elsewhere. */
export function otpHash(registry: Registry, id: string, otp: string): Buffer {
  return createHmac('sha256', registry.otpKey).update(`${id}|${otp}`).digest();
}

export type OtpState = {
  readonly hash: Uint8Array;
  /** Wrong ones before this one. */
  readonly tries: number;
  readonly expiresAt: number;
};

/** 'spent' after five wrong ones or when its time is over, whether right or not. */
export function judgeOtp(
  registry: Registry,
  { id, otp, state }: { readonly id: string; readonly otp: string; readonly state: OtpState },
): 'right' | 'wrong' | 'spent' {
  if (state.tries >= OTP_TRIES_MOST || registry.now() > state.expiresAt) return 'spent';
  const hash = otpHash(registry, id, otp);
  return hash.length === state.hash.length && timingSafeEqual(hash, state.hash) ? 'right' : 'wrong';
}

/**
 * Sends one, unless this contact got its three of the day already, over all who asked: then nothing leaves, and the answer
 * to whoever asked is to be the same.
 */
export async function sendOtp(registry: Registry, notice: Notice): Promise<Notified> {
  const contact = notice.to.mobile ?? notice.to.email;
  if (contact === null) return 'no-way';
  const contactKey = registry.contacts.keyOf(contact);
  const sent = await countOtp(registry.store, contactKey, registry.today());
  if (sent > OTPS_PER_MOBILE) {
    registry.log('otp.capped');
    return 'failed';
  }
  return await registry.notifier.send(notice);
}
