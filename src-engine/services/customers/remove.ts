import { refuse } from '#domain/result.ts';
import { customerById, deleteCustomer, thingsOfCustomer } from '../../storage/customers.ts';
import { ledgerRow } from '../../storage/tally-masters.ts';
import { comesFromTally } from '../documents.ts';
import { bookDoor, refused } from '../door.ts';
import { customerGone } from './save.ts';

/** Takes a customer out of the book of whom nothing else is in it: the way back from entering one by mistake. */
export const remove = bookDoor.customers.remove.handler(({ context, input: { customerId } }) => {
  context.db.write((tx) => {
    const customer = customerById(tx, customerId);
    if (!customer) throw refused(customerGone().refusal);
    // Also one without any document: the next sync would only bring him back.
    if (ledgerRow(tx, { customerId })) throw refused(comesFromTally().refusal);
    const count = thingsOfCustomer(tx, customerId);
    if (count > 0) {
      const { name } = customer;
      const sentence = `“${name}” stays: ${count} documents, contacts, notes, tags, changes or customers whom he pays for hang on him.`;
      throw refused(refuse('customer-in-use', sentence, { values: { name, count } }).refusal);
    }
    deleteCustomer(tx, customerId);
  });
  context.changed('customers', 'aging');
  return {};
});
