import { importFields } from '#contract/engine/import-fields.ts';
import {
  IconAbc,
  IconArrowDownLeft,
  IconArrowUpRight,
  IconBuilding,
  IconCalendar,
  IconCalendarDue,
  IconCash,
  IconCashBanknote,
  IconClockHour4,
  IconCoin,
  IconFileInvoice,
  IconHash,
  IconHome,
  IconId,
  IconMail,
  IconMap,
  IconNotes,
  IconPhone,
  IconReceipt,
  IconTags,
  IconTie,
  IconTransfer,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import type { ImportField } from './types.ts';

/** In the order in which a person looks for them. */
export const MEANINGS: readonly ImportField[] = importFields;

/** Who, which paper, when, how much, or what else: one tint each, none of which speaks of lateness. */
export type MeaningGroup = 'who' | 'paper' | 'when' | 'money' | 'else';

type Look = { readonly icon: Icon; readonly group: MeaningGroup };

export const LOOKS: Readonly<Record<ImportField, Look>> = {
  customerName: { icon: IconUser, group: 'who' },
  customerCode: { icon: IconId, group: 'who' },
  billNumber: { icon: IconHash, group: 'paper' },
  billDay: { icon: IconCalendar, group: 'when' },
  dueDay: { icon: IconCalendarDue, group: 'when' },
  amount: { icon: IconCash, group: 'money' },
  openAmount: { icon: IconCashBanknote, group: 'money' },
  debit: { icon: IconArrowUpRight, group: 'money' },
  credit: { icon: IconArrowDownLeft, group: 'money' },
  voucherType: { icon: IconFileInvoice, group: 'paper' },
  status: { icon: IconTags, group: 'paper' },
  currency: { icon: IconCoin, group: 'else' },
  rate: { icon: IconTransfer, group: 'money' },
  lastReceiptDay: { icon: IconReceipt, group: 'when' },
  creditDays: { icon: IconClockHour4, group: 'when' },
  phone: { icon: IconPhone, group: 'else' },
  email: { icon: IconMail, group: 'else' },
  gstin: { icon: IconBuilding, group: 'else' },
  salesperson: { icon: IconTie, group: 'else' },
  group: { icon: IconAbc, group: 'else' },
  pan: { icon: IconId, group: 'else' },
  address: { icon: IconHome, group: 'else' },
  territory: { icon: IconMap, group: 'else' },
  narration: { icon: IconNotes, group: 'else' },
};

/** 0 → 'A', 26 → 'AA': columns are named as the spreadsheet names them. */
export function columnLetters(column: number): string {
  const letter = String.fromCodePoint(65 + (column % 26));
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter;
}
