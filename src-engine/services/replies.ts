import { bookDoor } from './door.ts';

const notBuilt = (): never => {
  throw new Error('Not built yet.');
};

export const replies = {
  threads: bookDoor.replies.threads.handler(notBuilt),
  thread: bookDoor.replies.thread.handler(notBuilt),
  mark: bookDoor.replies.mark.handler(notBuilt),
  unmark: bookDoor.replies.unmark.handler(notBuilt),
  assign: bookDoor.replies.assign.handler(notBuilt),
  answer: bookDoor.replies.answer.handler(notBuilt),
  attachment: bookDoor.replies.attachment.handler(notBuilt),
  pull: bookDoor.replies.pull.handler(notBuilt),
  claims: bookDoor.replies.claims.handler(notBuilt),
  confirmClaim: bookDoor.replies.confirmClaim.handler(notBuilt),
  dismissClaim: bookDoor.replies.dismissClaim.handler(notBuilt),
};
