import type { Business } from '#contract/engine/business.ts';
import { putReminderSetting } from '../storage/reminder-settings.ts';
import { businessNow, judgeBusiness } from './reminders/business-facts.ts';
import { bookDoor, refused } from './door.ts';

const get = bookDoor.business.get.handler(({ context: { db, book } }) =>
  db.read((tx) => businessNow(tx, book.name)),
);

const save = bookDoor.business.save.handler(({ context: { db, book, changed }, input }): Business => {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const judged = judgeBusiness({ ...db.read((tx) => businessNow(tx, book.name)), ...given });
  if (!judged.ok) throw refused(judged.refusal);
  const saved = db.write((tx) => {
    putReminderSetting(tx, 'business', judged.value);
    return businessNow(tx, book.name);
  });
  changed('settings', 'reminders', 'templates');
  return saved;
});

export const business = { get, save };
