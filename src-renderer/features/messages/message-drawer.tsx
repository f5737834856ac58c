import type { MessageShown } from '#contract/engine/messages.ts';
import { DayText } from '#kit/day-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Drawer } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc, problemOf } from '../../client.ts';
import { useStarterName } from '../../words/starter-names.ts';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { paiseOfMicros } from '#kit/micros.ts';
import { phoneWords } from '#kit/phone-words.ts';
import { MessageActions } from './message-actions.tsx';
import { MessageAttempts, MessageTimeline } from './message-timeline.tsx';
import { StateMark } from './state-mark.tsx';
import { useWhySentence } from './why-sentence.ts';

type MessageDrawerProps = {
  /** undefined while it is closed. */
  readonly messageId: number | undefined;
  readonly onClose: () => void;
};

/** One message: where it stands and why, what can be done, what it said, and everything that happened to it. */
export function MessageDrawer({ messageId, onClose }: MessageDrawerProps): JSX.Element {
  const { t } = useTranslation('messages');
  const { data, error } = useQuery({
    ...orpc.messages.get.queryOptions({ input: { messageId: messageId ?? 1 } }),
    enabled: messageId !== undefined,
  });
  // Another message must not stand here while this one is fetched.
  const message = data?.messageId === messageId ? data : undefined;
  return (
    <Drawer
      opened={messageId !== undefined}
      onClose={onClose}
      position="right"
      size="min(620px, 94vw)"
      title={message ? t('drawer.title', { name: message.customerName }) : ' '}
      closeButtonProps={{ 'aria-label': t('drawer.close') }}
      attributes={{ header: { role: 'none' } }}
      transitionProps={{ duration: 120 }}
    >
      {error ? <ProblemNote problem={problemOf(error)} /> : null}
      {message ? <MessageStory key={message.messageId} message={message} /> : null}
    </Drawer>
  );
}

function MessageStory({ message }: { readonly message: MessageShown }): JSX.Element {
  const { t } = useTranslation('messages');
  const [, goTo] = useLocation();
  const sayWhy = useWhySentence();
  const { customerId } = message;
  return (
    <div className="story">
      <div className="story__head">
        <ChannelIcon channel={message.channel} size={18} />
        <span className="selectable">{phoneWords(message.address)}</span>
        <StateMark state={message.state} />
        {customerId === null ? null : (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconUser size={15} aria-hidden />}
            onClick={() => goTo(`/customers/${customerId}`)}
          >
            {t('drawer.customer')}
          </Button>
        )}
      </div>
      <p className="story__why selectable">{sayWhy(message)}</p>
      <MessageActions message={message} />
      <Part title={t('drawer.text')}>
        {message.subject === null ? null : (
          <div className="story__subject selectable" lang={message.language}>
            {message.subject}
          </div>
        )}
        <p className="story__text selectable" lang={message.language}>
          {message.text}
        </p>
        <TextFacts message={message} />
      </Part>
      <Part title={t('drawer.bills', { count: message.bills.length })}>
        <Bills message={message} />
      </Part>
      <Part title={t('drawer.timeline')}>
        <MessageTimeline message={message} />
      </Part>
      {message.attempts.length === 0 ? null : (
        <Part title={t('drawer.attempts', { count: message.attempts.length })}>
          <MessageAttempts message={message} />
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <section className="story__part">
      <h3 className="story__heading">{title}</h3>
      {children}
    </section>
  );
}

/** How it was made and what it cost. */
function TextFacts({ message }: { readonly message: MessageShown }): JSX.Element {
  const { t } = useTranslation('messages');
  const sayName = useStarterName();
  const { costMicros, estimateMicros, parts, providerId } = message;
  // Of a message by hand it is the link that opens the chat, with the whole text in it.
  const isLink = providerId?.startsWith('https://') ?? false;
  const facts = [
    message.templateName === null ? null : sayName(message.templateName),
    t(`language.${message.language}`, { ns: 'reminders' }),
    message.gatewayName,
    parts === null || message.channel !== 'sms' ? null : t('parts', { count: parts }),
    message.attaches === null
      ? null
      : t(`attaches.${message.attaches}`, { ns: 'reminders', defaultValue: message.attaches }),
    providerId === null || isLink ? null : t('providerId', { id: providerId }),
    message.postalNumber === null ? null : t('postal', { number: message.postalNumber }),
  ].filter((fact) => fact !== null);
  return (
    <p className="story__facts selectable">
      {facts.join(' · ')}
      {costMicros === null && estimateMicros === null ? null : (
        <>
          {' · '}
          <MoneyText paise={paiseOfMicros(costMicros ?? estimateMicros ?? 0)} withSign />
          {costMicros === null ? ` (${t('estimate')})` : ''}
        </>
      )}
    </p>
  );
}

function Bills({ message }: { readonly message: MessageShown }): JSX.Element {
  return (
    <table className="story__bills">
      <tbody>
        {message.bills.map((bill) => (
          <tr key={`${bill.billId} ${bill.dueDay}`}>
            <td>{bill.number ?? '–'}</td>
            <td>
              <DayText day={bill.dueDay} />
            </td>
            <td className="story__end">
              {bill.foreignMinor === null || bill.currency === null ? (
                <MoneyText paise={bill.openPaise} withSign />
              ) : (
                <MoneyText paise={bill.foreignMinor} currency={bill.currency} withSign />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
