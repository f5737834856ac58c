import type { Client } from './command.ts';
import { refused, type Ending } from './ending.ts';

export type Named = { readonly customerId: number; readonly name: string };

/** By its id, its code or its name, as a person types it; how the command ends where it is nobody, or several. */
export async function customerOf(client: Client, named: string): Promise<Named | Ending> {
  const { rows } = await client.customers.list({});
  const word = named.trim().toLocaleLowerCase('en');
  const is = (text: string | null): boolean => text?.toLocaleLowerCase('en') === word;
  const byKey = rows.filter((row) => String(row.customerId) === word || is(row.code));
  const [customer, another] = byKey.length > 0 ? byKey : rows.filter((row) => is(row.name));
  if (customer === undefined) return refused('no-customer', `There is no customer “${named}” in this book.`);
  if (another !== undefined)
    return refused('customer-ambiguous', `Several customers are called “${named}”. Name one by its id.`);
  return { customerId: customer.customerId, name: customer.name };
}
