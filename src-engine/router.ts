import { aging } from './services/aging.ts';
import { bills } from './services/bills.ts';
import { books } from './services/books.ts';
import { changes } from './services/changes.ts';
import { customers } from './services/customers.ts';
import { createDemo } from './services/demo.ts';
import { door } from './services/door.ts';
import { imports } from './services/imports.ts';
import { system } from './services/system.ts';

/** Contract → services. A missing handler or a wrong field does not compile. */
export const router = door.router({
  aging,
  bills,
  books: { ...books, createDemo },
  changes,
  customers,
  imports,
  system,
});
