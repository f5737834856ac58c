import type { Thread } from '#contract/engine/replies.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { IconPaperclip } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { WindowLeft } from './window-left.tsx';

type ThreadRowProps = {
  readonly thread: Thread;
  readonly domId: string;
  readonly top: number;
  readonly isActive: boolean;
  readonly place: readonly [at: number, of: number];
  readonly onActive: () => void;
};

/** One conversation: whose, the last words, when, what he owes, and how long WhatsApp stays open. */
export function ThreadRow(props: ThreadRowProps): JSX.Element {
  const { thread, isActive, place } = props;
  const { t } = useTranslation('replies');
  const isOpen = thread.openCount > 0;
  return (
    // The list itself takes the keys, and names its active row.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={props.domId}
      role="option"
      aria-selected={isActive}
      aria-posinset={place[0]}
      aria-setsize={place[1]}
      className={`thread${isActive ? ' thread--active' : ''}${isOpen ? ' thread--open' : ''}`}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={props.onActive}
    >
      <div className="thread__head">
        <ChannelIcon channel={thread.channel} size={15} />
        <span className="thread__name">{thread.customerName}</span>
        <span className="thread__when">
          <AgoText at={thread.lastAt} />
        </span>
      </div>
      <div className="thread__words">
        <span className="thread__text">{thread.lastText === '' ? t('noWords') : thread.lastText}</span>
        {thread.attachmentCount > 0 ? (
          <span className="thread__files">
            <IconPaperclip size={13} aria-hidden />
            {thread.attachmentCount}
            <span className="unseen"> {t('attachment.count', { count: thread.attachmentCount })}</span>
          </span>
        ) : null}
        {isOpen ? (
          <span className="thread__count" title={t('open', { count: thread.openCount })}>
            {thread.openCount}
            <span className="unseen"> {t('open', { count: thread.openCount })}</span>
          </span>
        ) : null}
      </div>
      <div className="thread__facts">
        {thread.customerId === null ? <span>{t('stranger.short')}</span> : <Owes thread={thread} />}
        <WindowLeft until={thread.windowUntil} />
      </div>
    </div>
  );
}

/** What he owes and how late the oldest of it is. */
export function Owes({
  thread,
}: {
  readonly thread: Pick<Thread, 'outstandingPaise' | 'oldestDays'>;
}): JSX.Element {
  const { t } = useTranslation('replies');
  const { outstandingPaise, oldestDays } = thread;
  return (
    <span>
      <MoneyText paise={outstandingPaise} withSign />
      {oldestDays > 0 ? ` · ${t('late', { count: oldestDays })}` : ''}
    </span>
  );
}
