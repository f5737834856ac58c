import { SendingStrip } from '#features/reminders-run/sending-strip.tsx';
import { SendingSwitches } from '#features/reminders-run/sending-switches.tsx';
import { UndoBar } from '#features/reminders-run/undo-bar.tsx';
import { useSendingStatus } from '#features/reminders-run/use-sending-status.ts';
import { Page } from '#kit/page.tsx';
import { Tabs } from '@mantine/core';
import { lazy, Suspense, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { reminderTabs } from './reminder-tabs.ts';
import './reminders.css';

const RunPanel = lazy(async () => ({
  default: (await import('#features/reminders-run/run-panel.tsx')).RunPanel,
}));
const CalendarPanel = lazy(async () => ({
  default: (await import('#features/reminders-calendar/calendar-panel.tsx')).CalendarPanel,
}));
const OutboxPanel = lazy(async () => ({
  default: (await import('#features/messages/outbox-panel.tsx')).OutboxPanel,
}));
const ByHandPanel = lazy(async () => ({
  default: (await import('#features/messages/by-hand-panel.tsx')).ByHandPanel,
}));
const CadencesPanel = lazy(async () => ({
  default: (await import('#features/cadences/cadences-panel.tsx')).CadencesPanel,
}));
const TemplatesPanel = lazy(async () => ({
  default: (await import('#features/templates/templates-panel.tsx')).TemplatesPanel,
}));
const GatewaysPanel = lazy(async () => ({
  default: (await import('#features/gateways/gateways-panel.tsx')).GatewaysPanel,
}));
const SendingRulesPanel = lazy(async () => ({
  default: (await import('#features/sending-rules/sending-rules-panel.tsx')).SendingRulesPanel,
}));
const ConsentsPanel = lazy(async () => ({
  default: (await import('#features/consents/consents-panel.tsx')).ConsentsPanel,
}));
const CostsPanel = lazy(async () => ({
  default: (await import('#features/costs/costs-panel.tsx')).CostsPanel,
}));

type Tab = (typeof reminderTabs)[number];

function isTab(text: string | null): text is Tab {
  return reminderTabs.some((tab) => tab === text);
}

/** '/reminders?tab=outbox&view=failed': what a tab is asked to show follows its name. */
function addressOf(tab: string, asked: Readonly<Record<string, string>> = {}): string {
  return `/reminders?${new URLSearchParams({ tab, ...asked }).toString()}`;
}

export function RemindersScreen(): JSX.Element {
  const { t } = useTranslation('reminders');
  const [, goTo] = useLocation();
  const search = new URLSearchParams(useSearch());
  const asked = search.get('tab');
  const tab = isTab(asked) ? asked : 'run';
  const show = (next: string | null): void => {
    if (isTab(next)) goTo(addressOf(next), { replace: true });
  };
  return (
    <Page
      title={t('title')}
      note={t('note')}
      body="fill"
      actions={<SendingSwitches />}
      toolbar={
        <>
          <SendingStrip onGateways={() => show('gateways')} />
          <UndoBar />
          <Tabs value={tab} onChange={show} className="reminders__tabs" keepMounted={false}>
            <Tabs.List aria-label={t('tabs.label')}>
              {reminderTabs.map((one) => (
                <Tabs.Tab key={one} value={one} rightSection={<TabCount tab={one} />}>
                  {t(`tabs.${one}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs>
        </>
      }
    >
      <Suspense fallback={null}>
        <div className="reminders__panel">
          <Panel tab={tab} search={search} />
        </div>
      </Suspense>
    </Page>
  );
}

/** What waits behind a tab. */
function TabCount({ tab }: { readonly tab: Tab }): JSX.Element | null {
  const status = useSendingStatus();
  if (!status) return null;
  const { toPrintCount, toCallCount, toHandCount, heldCount, unknownCount, toApproveCount } = status;
  const counts: Partial<Record<Tab, number>> = {
    run: toApproveCount,
    outbox: heldCount + unknownCount,
    'by-hand': toPrintCount + toCallCount + toHandCount,
  };
  const count = counts[tab] ?? 0;
  return count === 0 ? null : <span className="reminders__count">{count}</span>;
}

type PanelProps = { readonly tab: Tab; readonly search: URLSearchParams };

function Panel({ tab, search }: PanelProps): JSX.Element {
  const [, goTo] = useLocation();
  const go = (to: string, asked: Readonly<Record<string, string>> = {}): void => goTo(addressOf(to, asked));
  switch (tab) {
    case 'run':
      return (
        <RunPanel askedDay={search.get('day')} onDay={(day) => go('run', day ? { day } : {})} onTab={go} />
      );
    case 'calendar':
      return (
        <CalendarPanel
          askedMonth={search.get('month')}
          onMonth={(month) => goTo(addressOf('calendar', { month }), { replace: true })}
          onDay={(day) => go('run', { day })}
        />
      );
    case 'outbox':
      return (
        <OutboxPanel
          askedView={search.get('view')}
          onView={(view) => goTo(addressOf('outbox', { view }), { replace: true })}
        />
      );
    case 'by-hand':
      return <ByHandPanel />;
    case 'cadences':
      return <CadencesPanel />;
    case 'templates':
      return <TemplatesPanel />;
    case 'gateways':
      return <GatewaysPanel />;
    case 'sending-rules':
      return <SendingRulesPanel />;
    case 'consents':
      return <ConsentsPanel />;
    case 'costs':
      return <CostsPanel />;
  }
}
