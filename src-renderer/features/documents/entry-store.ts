import type { MoneyRef } from '#contract/engine/allocations.ts';
import { useSyncExternalStore } from 'react';

const voidables = ['bill', 'receipt', 'credit'] as const;
export type Voidable = (typeof voidables)[number];

/** What is entered, changed or taken out by hand: one dialog each. An id means that it is there already. */
export type Entry =
  | { readonly kind: 'customer'; readonly customerId?: number }
  | { readonly kind: 'bill'; readonly customerId?: number; readonly billId?: number }
  | {
      readonly kind: 'receipt';
      readonly customerId?: number;
      readonly receiptId?: number;
      readonly mode?: string;
    }
  | { readonly kind: 'credit'; readonly customerId?: number; readonly creditId?: number }
  | { readonly kind: 'allocate'; readonly money: MoneyRef; readonly number: string | null }
  | { readonly kind: 'void'; readonly what: Voidable; readonly id: number; readonly number: string | null };

let entry: Entry | null = null;
const listeners = new Set<() => void>();

function set(next: Entry | null): void {
  entry = next;
  for (const listener of listeners) listener();
}

/** Opens the dialog of an entry, from anywhere; the frame mounts them all once. */
export function openEntry(next: Entry): void {
  set(next);
}

export function closeEntry(): void {
  set(null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useEntry(): Entry | null {
  return useSyncExternalStore(subscribe, () => entry);
}
