import type { Engine } from '#engine/open-engine.ts';
import { paise } from '#domain/money.ts';

/** What people wrote in Baaki during a run, to be found again whatever Tally does. */
export type Written = {
  readonly notes: { readonly customerId: number; readonly text: string }[];
  readonly phones: Map<number, string>;
  readonly tags: Map<number, Set<string>>;
  readonly chases: Map<number, string>;
  /** Applications by hand that nobody took back by hand. */
  readonly applied: Map<number, number>;
};

export function nothingWritten(): Written {
  return { notes: [], phones: new Map(), tags: new Map(), chases: new Map(), applied: new Map() };
}

type Client = Engine['client'];
export type UserActName =
  'writeNote' | 'correctPhone' | 'putTag' | 'doNotChase' | 'applyByHand' | 'oldestFirst' | 'undo';
export type UserAct = (
  client: Client,
  written: Written,
  wish: { readonly customerId: number; readonly n: readonly number[] },
) => Promise<void>;

/** Written down, for the engine's client is too large a type to be found out. */
export const userActs: Readonly<Record<UserActName, UserAct>> = {
  writeNote: async (client, { notes }, { customerId, n }) => {
    const text = `Calls back ${n[1]}.`;
    await client.notes.add({ customerId, text });
    notes.push({ customerId, text });
  },
  correctPhone: async (client, { phones }, { customerId, n }) => {
    const phone = `+91 98200 ${10_000 + (n[1] ?? 0)}`;
    await client.customers.save({ customerId, phone });
    phones.set(customerId, (await client.customers.get({ customerId })).customer.phone ?? '');
  },
  putTag: async (client, { tags }, { customerId, n }) => {
    const tag = `tag-${(n[1] ?? 0) % 5}`;
    await client.customers.tag({ customerIds: [customerId], add: [tag] });
    tags.set(customerId, new Set([...(tags.get(customerId) ?? []), tag]));
  },
  doNotChase: async (client, { chases }, { customerId, n }) => {
    const { bills } = await client.customers.get({ customerId });
    const bill = bills[(n[1] ?? 0) % Math.max(1, bills.length)];
    if (!bill) return;
    const reason = `Disputed ${n[2]}.`;
    await client.bills.doNotChase({ billId: bill.billId, reason });
    chases.set(bill.billId, reason);
  },
  /** Money that is not applied to bills that are open: by hand, in whole or in part. */
  applyByHand: async (client, { applied }, { customerId, n }) => {
    const { bills, moneyIn } = await client.customers.get({ customerId });
    const free = moneyIn.filter((money) => money.unallocatedPaise !== 0);
    const open = bills.filter((bill) => bill.openPaise > 0);
    const money = free[(n[1] ?? 0) % Math.max(1, free.length)];
    const bill = open[(n[2] ?? 0) % Math.max(1, open.length)];
    if (!money || !bill) return;
    const most = Math.min(Math.abs(money.unallocatedPaise), bill.openPaise);
    const amount = (n[3] ?? 0) % 2 === 0 ? most : Math.ceil(most / 2);
    const made = await client.allocations.apply({
      money: { kind: money.kind === 'receipt' ? 'receipt' : 'credit', id: money.documentId },
      parts: [{ billId: bill.billId, amountPaise: paise(amount) }],
    });
    for (const id of made.allocationIds) applied.set(id, amount);
  },
  oldestFirst: async (client, { applied }, { customerId }) => {
    const made = await client.allocations.oldestFirst({ customerId });
    for (const id of made.allocationIds) applied.set(id, 0);
  },
  /** Takes back an application, a person's or Tally's own. */
  undo: async (client, { applied }, { customerId, n }) => {
    const { bills } = await client.customers.get({ customerId });
    const settlements = bills.flatMap((bill) => bill.settlements);
    const one = settlements[(n[1] ?? 0) % Math.max(1, settlements.length)];
    if (!one || one.amountPaise <= 0) return;
    await client.allocations.undo({ allocationIds: [one.allocationId] });
    applied.delete(one.allocationId);
  },
};

export function isUserAct(act: string): act is UserActName {
  return Object.hasOwn(userActs, act);
}
