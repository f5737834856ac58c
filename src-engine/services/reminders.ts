import { bookDoor } from './door.ts';
import { roundNow } from './outbox/keeper.ts';
import { approve, undoApproval } from './reminders/approve.ts';
import { calendar, next } from './reminders/calendar.ts';
import { decline, editRow } from './reminders/edit.ts';
import { planNow, planShown } from './reminders/plan-now.ts';
import { runRound } from './reminders/round.ts';
import { dryRun, kill, policy, savePolicy, sendFromHere } from './reminders/rules.ts';
import { sendOne } from './reminders/send-one.ts';
import { statusNow, watchStatus } from './reminders/status.ts';

const plan = bookDoor.reminders.plan.handler(async ({ context, input: { day } }) =>
  planShown(await planNow(context, day)),
);

const status = bookDoor.reminders.status.handler(({ context }) => statusNow(context));

const watch = bookDoor.reminders.watch.handler(({ context, signal }) => watchStatus(context, signal));

const round = bookDoor.reminders.round.handler(async ({ context }) => {
  await runRound(context, true);
  await roundNow(context);
  return statusNow(context);
});

export const reminders = {
  plan,
  calendar,
  next,
  approve,
  undoApproval,
  decline,
  editRow,
  sendOne,
  policy,
  savePolicy,
  kill,
  dryRun,
  sendFromHere,
  status,
  watch,
  round,
};
