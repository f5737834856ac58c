import type { OpenBook } from '#contract/engine/books.ts';
import { sliderEnds } from '#features/aging/slider-ends.ts';
import { SendingLight } from '#features/reminders-run/sending-light.tsx';
import { RegistryLight } from '#features/registry-membership/registry-light.tsx';
import { TallyFreshness } from '#features/sync/freshness.tsx';
import { useSyncStatus } from '#features/sync/use-sync-status.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { AsOfControl, useAsOf } from '#kit/as-of.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconHelp, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, shell } from '../client.ts';
import { goTo } from './hash-location.ts';
import { palette } from './palette-store.ts';
import { BookSwitcher } from './book-switcher.tsx';

type TopBarProps = {
  readonly book: OpenBook | null;
  readonly onHelp: () => void;
};

export function TopBar({ book, onHelp }: TopBarProps): JSX.Element {
  const { t } = useTranslation('frame');
  return (
    <header className="top">
      <BookSwitcher book={book} />
      {book ? <Freshness lastImportAt={book.lastImportAt} /> : null}
      {book ? <SendingLight onOpen={() => goTo('/reminders')} /> : null}
      {book ? <RegistryLight onOpen={() => goTo('/registry')} /> : null}
      <div className="top__middle">
        <button type="button" className="top__search" onClick={palette.open} data-testid="palette">
          <IconSearch size={15} aria-hidden />
          <span className="top__search-words">{t('search.field')}</span>
          <Shortcut keys="Ctrl+K" />
        </button>
      </div>
      {book ? <BookDay /> : null}
      <ThemeButton />
      <Tooltip label={t('help.open')}>
        <ActionIcon size={30} onClick={onHelp} aria-label={t('help.open')}>
          <IconHelp size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

/** How old the facts are: nobody should chase on stale figures. */
function Freshness({ lastImportAt }: { readonly lastImportAt: number | null }): JSX.Element {
  const { t } = useTranslation('frame');
  const sync = useSyncStatus(true);
  // Also after it was disconnected: what was read from Tally grows old from that day on.
  if (sync && (sync.connection || sync.syncedAt !== null))
    return <TallyFreshness status={sync} onOpen={() => goTo('/tally')} />;
  return (
    <span className="top__fresh">
      {lastImportAt === null ? (
        t('freshness.never')
      ) : (
        <>
          {t('freshness.lastImport')} <AgoText at={lastImportAt} />
        </>
      )}
    </span>
  );
}

function ThemeButton(): JSX.Element {
  const { t } = useTranslation('frame');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light');
  useEffect(() => shell.setTheme(colorScheme === 'auto' ? 'system' : colorScheme), [colorScheme]);
  const next = shown === 'dark' ? 'light' : 'dark';
  const Icon = next === 'dark' ? IconMoon : IconSun;
  return (
    <Tooltip label={t(`theme.${next}`)}>
      <ActionIcon size={30} onClick={() => setColorScheme(next)} aria-label={t(`theme.${next}`)}>
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** The calendar goes as far as the time machine does: to the last day on which anything falls due. */
function BookDay(): JSX.Element {
  const { today } = useAsOf();
  const { data: span } = useQuery(orpc.aging.span.queryOptions());
  return <AsOfControl lastDay={span ? sliderEnds(span, today).lastDay : today} />;
}
