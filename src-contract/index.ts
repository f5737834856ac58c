import { aging } from './engine/aging.ts';
import { allocations } from './engine/allocations.ts';
import { bills } from './engine/bills.ts';
import { books } from './engine/books.ts';
import { business } from './engine/business.ts';
import { cadences } from './engine/cadences.ts';
import { changes } from './engine/changes.ts';
import { consents } from './engine/consents.ts';
import { contacts } from './engine/contacts.ts';
import { credits } from './engine/credits.ts';
import { customers } from './engine/customers.ts';
import { tableExports } from './engine/exports.ts';
import { gateways } from './engine/gateways.ts';
import { imports } from './engine/imports.ts';
import { messages } from './engine/messages.ts';
import { notes } from './engine/notes.ts';
import { papers } from './engine/papers.ts';
import { payLinks } from './engine/pay-links.ts';
import { receipts } from './engine/receipts.ts';
import { registry } from './engine/registry.ts';
import { reminders } from './engine/reminders.ts';
import { replies } from './engine/replies.ts';
import { settings } from './engine/settings.ts';
import { sync } from './engine/sync.ts';
import { system } from './engine/system.ts';
import { templates } from './engine/templates.ts';

/** The one door: the window, the command line and the tests all come in through it. */
export const contract = {
  aging,
  allocations,
  bills,
  books,
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
};
export type Contract = typeof contract;
