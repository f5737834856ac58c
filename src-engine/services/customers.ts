import { searchCustomers } from '../storage/customers.ts';
import { list } from './customer-rows.ts';
import { get } from './customers/get.ts';
import { remove } from './customers/remove.ts';
import { save } from './customers/save.ts';
import { statement } from './customers/statement.ts';
import { tag, words } from './customers/tag.ts';
import { timeline } from './customers/timeline.ts';
import { bookDoor } from './door.ts';

const search = bookDoor.customers.search.handler(({ context: { db }, input: { text } }) =>
  db.read((tx) => searchCustomers(tx, text)).map((one) => ({ ...one })),
);

export const customers = { list, get, search, save, remove, statement, tag, timeline, words };
