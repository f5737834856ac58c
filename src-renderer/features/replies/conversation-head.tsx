import type { Thread } from '#contract/engine/replies.ts';
import type { JSX } from 'react';
import { Link } from 'wouter';
import { Owes } from './thread-row.tsx';
import { WindowLeft } from './window-left.tsx';

/** Whose conversation it is, one press from his page, and what he owes. */
export function ConversationHead({ thread }: { readonly thread: Thread }): JSX.Element {
  const { customerId, customerName, address } = thread;
  return (
    <header className="talk__head">
      <div className="talk__who">
        <h2 className="talk__name">
          {customerId === null ? customerName : <Link href={`/customers/${customerId}`}>{customerName}</Link>}
        </h2>
        {customerId === null ? null : <span className="talk__address selectable">{address}</span>}
      </div>
      <div className="talk__facts">
        {customerId === null ? null : <Owes thread={thread} />}
        <WindowLeft until={thread.windowUntil} />
      </div>
    </header>
  );
}
