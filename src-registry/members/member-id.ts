/** The member's number on the wire: 'm_' and base64url of its eight bytes. */
export function memberIdOf(memberNo: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(memberNo));
  return `m_${bytes.toString('base64url')}`;
}

/** Null for what is no member id in its one right spelling. */
export function memberNoOf(memberId: string): number | null {
  const bytes = Buffer.from(memberId.slice(2), 'base64url');
  if (!memberId.startsWith('m_') || bytes.length !== 8) return null;
  const number = Number(bytes.readBigUInt64BE());
  return Number.isSafeInteger(number) && memberIdOf(number) === memberId ? number : null;
}

export function deviceIdOf(deviceNo: number): string {
  return `d${deviceNo}`;
}

export function deviceNoOf(deviceId: string): number | null {
  const digits = /^d([1-9][0-9]{0,5})$/.exec(deviceId)?.[1];
  return digits === undefined ? null : Number(digits);
}
