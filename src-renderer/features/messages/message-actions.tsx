import type { MessageShown } from '#contract/engine/messages.ts';
import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { CallForm } from './call-form.tsx';
import type { MessageAction } from './message-views.ts';
import { OpenedLink } from './opened-link.tsx';
import { PostedForm } from './posted-form.tsx';
import { useMessageCalls, type MessageCalls } from './use-message-actions.ts';

const FORMS: ReadonlySet<MessageAction> = new Set(['posted', 'called']);
/** What brings a message on its way; nothing that ends one looks as if it were the thing to press. */
const FORWARD: ReadonlySet<MessageAction> = new Set(['open-link', 'it-arrived', 'print']);

/** What may be done with a message now, as the engine says. */
export function MessageActions({ message }: { readonly message: MessageShown }): JSX.Element | null {
  const { t } = useTranslation('messages');
  const calls = useMessageCalls();
  const [url, setUrl] = useState<string>();
  const { actions } = message;
  if (actions.length === 0) return null;
  const hasForm = actions.includes('posted') || actions.includes('called');
  // A form has its own way to say that it was not done.
  const buttons = actions.filter((action) => !FORMS.has(action) && !(hasForm && action === 'not-sent'));
  return (
    <div className="story__actions">
      {actions.includes('send-again') ? <p className="story__warning">{t('unknownHint')}</p> : null}
      {buttons.length === 0 ? null : (
        <div className="story__buttons">
          {buttons.map((action) => (
            <Button
              key={action}
              variant={FORWARD.has(action) ? 'filled' : 'default'}
              disabled={calls.isBusy}
              onClick={() => act(action, { message, calls, said: t, onUrl: setUrl })}
            >
              {t(`action.${action}`)}
            </Button>
          ))}
        </div>
      )}
      {url === undefined ? null : <OpenedLink url={url} />}
      {actions.includes('posted') ? <PostedForm messageId={message.messageId} calls={calls} /> : null}
      {actions.includes('called') ? <CallForm messageId={message.messageId} calls={calls} /> : null}
    </div>
  );
}

type ActWish = {
  readonly message: MessageShown;
  readonly calls: MessageCalls;
  readonly said: (key: string) => string;
  readonly onUrl: (url: string) => void;
};

function act(action: MessageAction, { message: { messageId }, calls, said, onUrl }: ActWish): void {
  switch (action) {
    case 'cancel':
      return calls.cancel(messageId);
    case 'send-again':
      return calls.settle(messageId, false, true);
    case 'it-arrived':
      return calls.settle(messageId, true);
    case 'it-did-not-arrive':
      return calls.settle(messageId, false);
    case 'open-link':
      return calls.openLink(messageId, onUrl);
    case 'confirm-sent':
      return calls.confirm({ messageId, isDone: true }, said('confirmed.sent'));
    case 'not-sent':
      return calls.confirm({ messageId, isDone: false }, said('confirmed.not'));
    case 'print':
      return calls.print([messageId]);
    case 'posted':
    case 'called':
      // Each has a form of its own.
      return undefined;
  }
}
