import type { PublishedDue } from '#contract/engine/registry.ts';
import { DayText } from '#kit/day-text.tsx';
import { instantWords } from '#kit/instant-text.ts';
import { MoneyText } from '#kit/money-text.tsx';
import { oneStepBack } from '#kit/one-step-back.ts';
import { Button, Drawer } from '@mantine/core';
import { useState, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { canWriteOff, useDueSentence } from './published-say.ts';
import { TimeLeft } from './time-left.tsx';
import { WithdrawButton } from './withdraw-button.tsx';
import { WriteOffDialog } from './write-off-dialog.tsx';

type PublishedDrawerProps = {
  /** undefined while it is closed. */
  readonly due: PublishedDue | undefined;
  readonly isOff: boolean;
  readonly onClose: () => void;
};

/** One published due: what others see, since when, and the way to take it back. */
export function PublishedDrawer({ due, isOff, onClose }: PublishedDrawerProps): JSX.Element {
  const { t } = useTranslation('registry');
  return (
    <Drawer
      opened={due !== undefined}
      onClose={oneStepBack(onClose)}
      position="right"
      size="min(520px, 94vw)"
      title={due ? t('due.title', { name: due.customerName }) : ' '}
      closeButtonProps={{ 'aria-label': t('close') }}
      attributes={{ header: { role: 'none' } }}
      transitionProps={{ duration: 120 }}
    >
      {due ? <Shown due={due} isOff={isOff} /> : null}
    </Drawer>
  );
}

function Shown({ due, isOff }: { readonly due: PublishedDue; readonly isOff: boolean }): JSX.Element {
  const { t } = useTranslation('registry');
  const say = useDueSentence();
  const [isWritingOff, setWritingOff] = useState(false);
  const [, goTo] = useLocation();
  return (
    <div className="due">
      <p className="due__said">{say(due)}</p>
      {due.errorCode === null ? null : <p className="due__soft">{t(`itemErrorNext.${due.errorCode}`)}</p>}
      {due.notice === 'failed' ? <p className="due__soft">{t('noticeFailed')}</p> : null}
      {due.writtenOffAt !== null && due.state !== 'written_off' ? (
        <p className="due__soft">{t('writeOff.waits')}</p>
      ) : null}
      {due.undoUntil === null ? null : (
        <p className="due__soft">
          <TimeLeft until={due.undoUntil} />
        </p>
      )}
      <dl className="due__facts">
        <Fact name={t('column.number')}>{due.number ?? '–'}</Fact>
        <Fact name={t('column.dueDay')}>
          <DayText day={due.dueDay} />
        </Fact>
        <Fact name={t('due.open')}>
          <MoneyText paise={due.openPaise} withSign />
        </Fact>
        <Fact name={t('due.state')}>{t(`dueState.${due.state}`)}</Fact>
        <Fact name={t('column.published')}>{instantWords(due.publishedAt)}</Fact>
        <Fact name={t('due.sent')}>{due.sentAt === null ? t('due.notSent') : instantWords(due.sentAt)}</Fact>
        {due.notice === null ? null : <Fact name={t('due.notice')}>{t(`notice.${due.notice}`)}</Fact>}
        {due.dispute ? (
          <Fact name={t('due.dispute')}>
            {t(`reason.${due.dispute.reason}`)} · {t(`disputeState.${due.dispute.state}`)}
          </Fact>
        ) : null}
      </dl>
      <div className="form-foot">
        <Button variant="default" onClick={() => goTo(`/customers/${due.customerId}`)}>
          {t('fix.customer')}
        </Button>
        {due.dispute?.state === 'open' ? (
          <Button variant="default" onClick={() => goTo('/registry?tab=disputes')}>
            {t('due.toDisputes')}
          </Button>
        ) : null}
        {canWriteOff(due) ? (
          <Button variant="default" disabled={isOff} onClick={() => setWritingOff(true)}>
            {t('writeOff.button')}
          </Button>
        ) : null}
        <WithdrawButton dues={[due]} isOff={isOff} />
      </div>
      {isWritingOff ? <WriteOffDialog billId={due.billId} onClose={() => setWritingOff(false)} /> : null}
    </div>
  );
}

type FactProps = { readonly name: string; readonly children: ReactNode };

function Fact({ name, children }: FactProps): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
