import { RepliesPanel } from '#features/replies/replies-panel.tsx';
import { SendingStrip } from '#features/reminders-run/sending-strip.tsx';
import { Page } from '#kit/page.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './reminders.css';

/** What customers answered, by customer. */
export function InboxScreen(): JSX.Element {
  const { t } = useTranslation('reminders');
  return (
    <Page title={t('inbox.title')} note={t('inbox.note')} body="fill" toolbar={<SendingStrip isQuiet />}>
      <div className="reminders__panel">
        <RepliesPanel />
      </div>
    </Page>
  );
}
