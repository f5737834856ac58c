import { aging } from './services/aging.ts';
import { allocations } from './services/allocations.ts';
import { bills } from './services/bills.ts';
import { books } from './services/books.ts';
import { changes } from './services/changes.ts';
import { contacts } from './services/contacts.ts';
import { credits } from './services/credits.ts';
import { customers } from './services/customers.ts';
import { createDemo } from './services/demo.ts';
import { door } from './services/door.ts';
import { tableExports } from './services/exports.ts';
import { imports } from './services/imports.ts';
import { notes } from './services/notes.ts';
import { receipts } from './services/receipts.ts';
import { settings } from './services/settings.ts';
import { sync } from './services/sync.ts';
import { system } from './services/system.ts';

/** Contract → services. A missing handler or a wrong field does not compile. */
export const router = door.router({
  aging,
  allocations,
  bills,
  books: { ...books, createDemo },
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
});
