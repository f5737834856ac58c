import { OUTER_HOURS } from '#domain/reminders/policy.ts';
import { putReminderSetting } from '../../storage/reminder-settings.ts';
import { bookDoor, refused } from '../door.ts';
import { settleHolds } from '../outbox/holds.ts';
import { takeHome, whoOf } from '../outbox/lease.ts';
import { outboxOf } from '../outbox/runner.ts';
import { judgeHours, keepHolidayYears, policyNow, policyShown } from './policy.ts';
import { statusNow } from './status.ts';

export const policy = bookDoor.reminders.policy.handler(({ context: { db, today } }) => ({
  policy: policyShown(db.read((tx) => policyNow(tx, today))),
  outer: { ...OUTER_HOURS },
}));

export const savePolicy = bookDoor.reminders.savePolicy.handler(({ context, input }) => {
  const { db, today, now, changed } = context;
  const judged = judgeHours(input.hours);
  if (!judged.ok) throw refused(judged.refusal);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const saved = db.write((tx) => {
    const before = policyNow(tx, today);
    const after = { ...policyShown(before), ...given };
    putReminderSetting(tx, 'policy', after);
    keepHolidayYears(tx, today);
    // Receipts that were here before are not thanked for.
    if (input.sendsThanks === true && !before.sendsThanks) putReminderSetting(tx, 'thanksFrom', now());
    return policyNow(tx, today);
  });
  changed('reminders', 'settings');
  return policyShown(saved);
});

/** The red button. What has begun to leave cannot be called back; everything else stays where it is. */
export const kill = bookDoor.reminders.kill.handler(({ context, input: { isKilled } }) => {
  const { db, changed } = context;
  db.write((tx) => {
    putReminderSetting(tx, 'isKilled', isKilled);
    settleHolds(tx, context);
  });
  changed('reminders', 'messages');
  return statusNow(context);
});

export const dryRun = bookDoor.reminders.dryRun.handler(({ context, input: { isDryRun } }) => {
  context.db.write((tx) => putReminderSetting(tx, 'isDryRun', isDryRun));
  context.changed('reminders', 'messages');
  return statusNow(context);
});

/** This file was moved here: its copy elsewhere is the copy from now on. */
export const sendFromHere = bookDoor.reminders.sendFromHere.handler(({ context }) => {
  const { db, now, changed } = context;
  db.write((tx) => takeHome(tx, whoOf(context, outboxOf(context).owner), now()));
  changed('reminders', 'messages');
  return statusNow(context);
});
