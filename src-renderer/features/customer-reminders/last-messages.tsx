import { AgoText } from '#kit/ago-text.tsx';
import { IconMessageReply } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc } from '../../client.ts';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { instantWords } from '#kit/instant-text.ts';

const SHOWN_MOST = 4;

/** The newest messages to him, each with where it stands, and whether he waits for an answer. */
export function LastMessages({ customerId }: { readonly customerId: number }): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const { data } = useQuery(orpc.messages.list.queryOptions({ input: { customerId, limit: SHOWN_MOST } }));
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const { data: threads } = useQuery(orpc.replies.threads.queryOptions({ input: { customerId } }));
  const openCount = threads?.reduce((sum, thread) => sum + thread.openCount, 0) ?? 0;
  const hasTalk = threads !== undefined && threads.length > 0;
  return (
    <div className="care__part">
      {openCount > 0 ? (
        <p className="care__next">
          <IconMessageReply size={16} aria-hidden />
          <strong>{t('replies', { count: openCount })}</strong>
        </p>
      ) : null}
      {data?.rows.length === 0 ? <p className="care__soft care__line">{t('messages.none')}</p> : null}
      <ul className="care__messages">
        {data?.rows.map((row) => (
          <li key={row.messageId}>
            <ChannelIcon channel={row.channel} size={15} />
            <span className="care__excerpt" title={row.excerpt}>
              {row.excerpt}
            </span>
            <span className="care__state">
              {row.reason === null
                ? t(`state.${row.state}`, { ns: 'messages' })
                : t(`silence.${row.reason}.label`, { ns: 'reminders' })}
            </span>
            <span className="care__soft" title={instantWords(row.changedAt, { zone: book?.timeZone })}>
              <AgoText at={row.changedAt} />
            </span>
          </li>
        ))}
      </ul>
      <p className="care__links">
        {hasTalk ? <Link href={`/inbox?customer=${customerId}`}>{t('messages.talk')}</Link> : null}
        {(data?.totalCount ?? 0) > SHOWN_MOST ? (
          <Link href="/reminders?tab=outbox">{t('messages.all', { count: data?.totalCount ?? 0 })}</Link>
        ) : null}
      </p>
    </div>
  );
}
