// How Indian vendors want a number: E.164 stands in the book, and each writes it in its own way.

/** '+919876543210' → '919876543210'; null for what is no number in E.164. */
export function digitsOf(phone: string): string | null {
  return /^\+[1-9]\d{7,14}$/.test(phone) ? phone.slice(1) : null;
}

/** '+919876543210' → '9876543210'; null for what is no mobile number of India. */
export function indianMobile(phone: string): string | null {
  return /^\+91[6-9]\d{9}$/.test(phone) ? phone.slice(3) : null;
}

/** True when two writings of a number (with +, 91, 0 or nothing before it) mean the same Indian number. */
export function isSameIndianNumber(a: string, b: string): boolean {
  const lastTen = (text: string): string => text.replaceAll(/\D/g, '').slice(-10);
  return lastTen(a).length === 10 && lastTen(a) === lastTen(b);
}

/** '919876543210' or '9876543210' of a vendor → '+919876543210'; what has another shape gets only its '+'. */
export function e164Of(written: string): string {
  const digits = written.replaceAll(/\D/g, '').replace(/^0+/, '');
  return digits.length === 10 ? `+91${digits}` : `+${digits}`;
}
