import { bookDoor } from './door.ts';

const notBuilt = (): never => {
  throw new Error('Not built yet.');
};

export const reminders = {
  plan: bookDoor.reminders.plan.handler(notBuilt),
  calendar: bookDoor.reminders.calendar.handler(notBuilt),
  next: bookDoor.reminders.next.handler(notBuilt),
  approve: bookDoor.reminders.approve.handler(notBuilt),
  undoApproval: bookDoor.reminders.undoApproval.handler(notBuilt),
  decline: bookDoor.reminders.decline.handler(notBuilt),
  editRow: bookDoor.reminders.editRow.handler(notBuilt),
  sendOne: bookDoor.reminders.sendOne.handler(notBuilt),
  policy: bookDoor.reminders.policy.handler(notBuilt),
  savePolicy: bookDoor.reminders.savePolicy.handler(notBuilt),
  kill: bookDoor.reminders.kill.handler(notBuilt),
  dryRun: bookDoor.reminders.dryRun.handler(notBuilt),
  sendFromHere: bookDoor.reminders.sendFromHere.handler(notBuilt),
  status: bookDoor.reminders.status.handler(notBuilt),
  watch: bookDoor.reminders.watch.handler(notBuilt),
  round: bookDoor.reminders.round.handler(notBuilt),
};
