import { aging } from './engine/aging.ts';
import { allocations } from './engine/allocations.ts';
import { bills } from './engine/bills.ts';
import { books } from './engine/books.ts';
import { changes } from './engine/changes.ts';
import { contacts } from './engine/contacts.ts';
import { credits } from './engine/credits.ts';
import { customers } from './engine/customers.ts';
import { tableExports } from './engine/exports.ts';
import { imports } from './engine/imports.ts';
import { notes } from './engine/notes.ts';
import { receipts } from './engine/receipts.ts';
import { settings } from './engine/settings.ts';
import { sync } from './engine/sync.ts';
import { system } from './engine/system.ts';

/** The one door: the window, the command line and the tests all come in through it. */
export const contract = {
  aging,
  allocations,
  bills,
  books,
  changes,
  contacts,
  credits,
  customers,
  exports: tableExports,
  imports,
  notes,
  receipts,
  settings,
  sync,
  system,
};
export type Contract = typeof contract;
