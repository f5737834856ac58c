import { aging } from './services/aging.ts';
import { allocations } from './services/allocations.ts';
import { bills } from './services/bills.ts';
import { books } from './services/books.ts';
import { business } from './services/business.ts';
import { cadences } from './services/cadences.ts';
import { changes } from './services/changes.ts';
import { consents } from './services/consents.ts';
import { contacts } from './services/contacts.ts';
import { credits } from './services/credits.ts';
import { customers } from './services/customers.ts';
import { createDemo } from './services/demo.ts';
import { door } from './services/door.ts';
import { tableExports } from './services/exports.ts';
import { gateways } from './services/gateways.ts';
import { imports } from './services/imports.ts';
import { messages } from './services/messages.ts';
import { notes } from './services/notes.ts';
import { papers } from './services/papers.ts';
import { payLinks } from './services/pay-links.ts';
import { receipts } from './services/receipts.ts';
import { registry } from './services/registry.ts';
import { reminders } from './services/reminders.ts';
import { replies } from './services/replies.ts';
import { settings } from './services/settings.ts';
import { sync } from './services/sync.ts';
import { system } from './services/system.ts';
import { templates } from './services/templates.ts';

/** Contract → services. A missing handler or a wrong field does not compile. */
export const router = door.router({
  aging,
  allocations,
  bills,
  books: { ...books, createDemo },
  business,
  cadences,
  changes,
  consents,
  contacts,
  credits,
  customers,
  exports: tableExports,
  gateways,
  imports,
  messages,
  notes,
  papers,
  payLinks,
  receipts,
  registry,
  reminders,
  replies,
  settings,
  sync,
  system,
  templates,
});
