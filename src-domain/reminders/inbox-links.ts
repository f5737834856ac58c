// When a payment link is looked at, and when it is no longer right (docs/gateways.md 6.2).

export const linkStatuses = [
  'making',
  'open',
  'part-paid',
  'paid',
  'cancelled',
  'expired',
  'unknown',
] as const;
export type LinkStatus = (typeof linkStatuses)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const OFTEN_FOR_MS = 3 * DAY_MS;
const HOURLY_FOR_MS = 14 * DAY_MS;
/** A link whose making was never answered is looked for soon, and given up when it is not there by then. */
const MAKING_LOOK_MS = MINUTE_MS;
const MAKING_MOST_MS = 10 * MINUTE_MS;

const canBePaid: ReadonlySet<LinkStatus> = new Set(['open', 'part-paid']);

export function isPayable(status: LinkStatus): boolean {
  return canBePaid.has(status);
}

export type LinkAge = {
  readonly status: LinkStatus;
  /** When it was made, or when a message about its bills last left, UTC milliseconds. */
  readonly since: number;
  readonly now: number;
};

/** Every quarter of an hour for three days, hourly to the fourteenth, daily after that; null once it is at an end. */
export function nextLinkLookAt({ status, since, now }: LinkAge): number | null {
  if (status === 'making' || status === 'unknown') return now + MAKING_LOOK_MS;
  if (!isPayable(status)) return null;
  const age = now - since;
  if (age < OFTEN_FOR_MS) return now + 15 * MINUTE_MS;
  return now + (age < HOURLY_FOR_MS ? HOUR_MS : DAY_MS);
}

/** The other side does not know a link that was being made: after so long it surely never will. */
export function isNeverMade(createdAt: number, now: number): boolean {
  return now - createdAt >= MAKING_MOST_MS;
}

export type LinkFacts = {
  readonly amountPaise: number;
  /** Of its payments, those that a person has confirmed: they are in the book. */
  readonly confirmedPaise: number;
  /** What is open of its bills in the book now. */
  readonly openPaise: number;
};

/** 'settled': nothing is owed any more. 'changed': it asks for another amount than is owed. Both cancel it. */
export function judgeLink({
  amountPaise,
  confirmedPaise,
  openPaise,
}: LinkFacts): 'right' | 'settled' | 'changed' {
  if (openPaise <= 0) return 'settled';
  return openPaise === amountPaise - confirmedPaise ? 'right' : 'changed';
}

const PURPOSE_CHARS_MOST = 120;

/** "Bills INV-1, INV-2 · Asha Traders": what the payer reads on the page. At most 120 characters. */
export function linkPurpose(numbers: readonly string[], businessName: string): string {
  const named = numbers.length === 0 ? '' : `${numbers.length === 1 ? 'Bill' : 'Bills'} `;
  let list = '';
  for (const number of numbers) {
    const longer = list === '' ? number : `${list}, ${number}`;
    if (longer.length > PURPOSE_CHARS_MOST / 2) {
      list = list === '' ? number.slice(0, PURPOSE_CHARS_MOST / 2) : `${list} …`;
      break;
    }
    list = longer;
  }
  const parts = [`${named}${list}`.trim(), businessName.trim()].filter((part) => part !== '');
  return parts.join(' · ').slice(0, PURPOSE_CHARS_MOST).trim();
}

/** A payment as a gateway tells it, under a key that makes one told twice one claim. */
export type LinkPayment = {
  readonly sourceKey: string;
  readonly amountPaise: number;
  readonly reference: string | null;
};

/**
 * Payments to be confirmed, one for each. A gateway that says "paid" and tells no payments makes one of the whole.
 */
export function paymentsOf(
  reference: string,
  state: {
    readonly status: LinkStatus;
    readonly paidPaise: number;
    readonly payments: readonly {
      readonly paymentId: string;
      readonly amountPaise: number;
      readonly bankReference: string | null;
    }[];
  },
): readonly LinkPayment[] {
  const { status, paidPaise, payments } = state;
  const told = payments.map(({ paymentId, amountPaise, bankReference }) => ({
    sourceKey: `link:${reference}:${paymentId}`,
    amountPaise,
    reference: bankReference ?? paymentId,
  }));
  if (told.length > 0 || status !== 'paid' || paidPaise <= 0) return told;
  return [{ sourceKey: wholeKey(reference), amountPaise: paidPaise, reference: null }];
}

/** Where the whole was claimed at once, payments that are told later are not claimed again. */
export function wholeKey(reference: string): string {
  return `link:${reference}:whole`;
}
