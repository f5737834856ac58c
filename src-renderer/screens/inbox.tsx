import { ClaimsPanel } from '#features/claims/claims-panel.tsx';
import { SendingStrip } from '#features/reminders-run/sending-strip.tsx';
import { useSendingStatus } from '#features/reminders-run/use-sending-status.ts';
import { LookButton } from '#features/replies/look-button.tsx';
import { RepliesPanel } from '#features/replies/replies-panel.tsx';
import { askedKeyOf } from '#features/replies/threads.ts';
import { Page } from '#kit/page.tsx';
import { Tabs } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import './reminders.css';

const CLAIMS = 'claims';
const TALKS = 'talks';

/** What customers answered, and the payments they tell of. */
export function InboxScreen(): JSX.Element {
  const { t } = useTranslation('replies');
  const [, goTo] = useLocation();
  const search = new URLSearchParams(useSearch());
  const tab = search.get('tab') === CLAIMS ? CLAIMS : TALKS;
  const show = (next: string | null): void =>
    goTo(next === CLAIMS ? `/inbox?tab=${CLAIMS}` : '/inbox', { replace: true });
  const askedKey = askedKeyOf({ customer: search.get('customer'), address: search.get('address') });
  return (
    <Page
      title={t('title')}
      note={t('note')}
      body="fill"
      actions={<LookButton />}
      toolbar={
        <>
          <SendingStrip isQuiet />
          <Tabs value={tab} onChange={show} className="reminders__tabs" keepMounted={false}>
            <Tabs.List aria-label={t('tabs.label')}>
              <Tabs.Tab value={TALKS} rightSection={<Count of="repliesCount" />}>
                {t('tabs.talks')}
              </Tabs.Tab>
              <Tabs.Tab value={CLAIMS} rightSection={<Count of="claimsCount" />}>
                {t('tabs.claims')}
              </Tabs.Tab>
            </Tabs.List>
          </Tabs>
        </>
      }
    >
      <div className="reminders__panel">
        {tab === CLAIMS ? (
          <ClaimsPanel />
        ) : (
          <RepliesPanel
            askedKey={askedKey}
            onAsk={({ customerId, address }) => {
              const asked: Record<string, string> =
                customerId === null ? { address } : { customer: String(customerId) };
              goTo(`/inbox?${new URLSearchParams(asked).toString()}`, { replace: true });
            }}
          />
        )}
      </div>
    </Page>
  );
}

function Count({ of }: { readonly of: 'repliesCount' | 'claimsCount' }): JSX.Element | null {
  const count = useSendingStatus()?.[of] ?? 0;
  return count === 0 ? null : <span className="reminders__count">{count}</span>;
}
