import { aging } from './engine/aging.ts';
import { bills } from './engine/bills.ts';
import { books } from './engine/books.ts';
import { changes } from './engine/changes.ts';
import { customers } from './engine/customers.ts';
import { imports } from './engine/imports.ts';
import { system } from './engine/system.ts';

/** The one door: the window, the command line and the tests all come in through it. */
export const contract = { aging, bills, books, changes, customers, imports, system };
export type Contract = typeof contract;
