import { expect, it } from 'vitest';
import { NOON, tempBook } from '../builders/temp-engine.ts';

it('adds several contacts with role, number and e-mail each, and warns of a number that cannot be dialled', async () => {
  const { client } = await tempBook();
  const { customerId } = await client.customers.save({ name: 'Asha' });
  const owner = { customerId, role: 'owner' as const, name: 'Ravi', phone: '98765 43210' };
  expect((await client.contacts.save(owner)).warnings).toEqual([]);
  const accounts = { customerId, role: 'accounts' as const, email: 'nobody', phone: '12' };
  const { warnings } = await client.contacts.save(accounts);
  expect(warnings.map((one) => one.code)).toEqual(['phone-unreadable', 'email-form']);
  const { contacts } = await client.customers.get({ customerId });
  expect(contacts).toMatchObject([
    { role: 'owner', name: 'Ravi', phone: '+91 98765 43210', email: null },
    { role: 'accounts', name: '', phone: '12', email: 'nobody' },
  ]);
});

it('keeps in the timeline what a contact was before he was changed, removed and brought back', async () => {
  let now = NOON;
  const { client } = await tempBook(() => (now += 1000));
  const { customerId } = await client.customers.save({ name: 'Asha' });
  const wish = { customerId, role: 'owner' as const, name: 'Ravi', phone: '98765 43210' };
  const { contactId } = await client.contacts.save(wish);
  await client.contacts.save({ ...wish, contactId, name: 'Ravi Kumar' });
  await client.contacts.remove({ contactId });
  expect((await client.customers.get({ customerId })).contacts).toEqual([]);
  expect(await client.customers.search({ text: 'ravi' })).toEqual([]);
  await client.contacts.restore({ contactId });
  await client.contacts.restore({ contactId });
  expect((await client.customers.get({ customerId })).contacts).toMatchObject([{ name: 'Ravi Kumar' }]);
  expect(await client.customers.search({ text: 'ravi' })).toHaveLength(1);
  const { events } = await client.customers.timeline({ customerId });
  const line = 'Ravi Kumar, +91 98765 43210';
  expect(events.map(({ subject, field, before, after }) => [subject, field, before, after])).toEqual([
    ['contact', 'contact', null, line],
    ['contact', 'contact', line, null],
    ['contact', 'name', 'Ravi', 'Ravi Kumar'],
    ['contact', 'contact', null, 'Ravi, +91 98765 43210'],
  ]);
});

it('refuses a contact without anything, of a customer who is not there, and one who is another’s', async () => {
  const { client } = await tempBook();
  const { customerId } = await client.customers.save({ name: 'Asha' });
  const other = await client.customers.save({ name: 'Iyer' });
  const role = 'other' as const;
  const { save } = client.contacts;
  await expect(save({ customerId, role, email: ' ' })).rejects.toMatchObject({
    data: { code: 'contact-empty' },
  });
  await expect(save({ customerId: 99, role, name: 'X' })).rejects.toMatchObject({
    data: { code: 'customer-gone' },
  });
  const { contactId } = await save({ customerId, role, name: 'Ravi' });
  const stolen = save({ contactId, customerId: other.customerId, role, name: 'Ravi' });
  await expect(stolen).rejects.toMatchObject({ data: { code: 'contact-gone' } });
  await expect(client.contacts.remove({ contactId: 99 })).rejects.toMatchObject({
    data: { code: 'contact-gone' },
  });
});
