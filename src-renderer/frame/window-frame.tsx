import type { OpenBook } from '#contract/engine/books.ts';
import { AsOfProvider, type AsOf } from '#kit/as-of.tsx';
import { memo, useCallback, useMemo, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions, useGlobalKeys, useShellCommands } from './actions.ts';
import './frame.css';
import { useCollapsed } from './collapsed.ts';
import { Entries } from './entries.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { Routes } from './routes.tsx';
import { SendingAttendant } from './sending-attendant.tsx';
import { ShortcutsHelp } from './shortcuts-help.tsx';
import { StatusLine } from './status-line.tsx';
import { Strips } from './strips.tsx';
import { SyncAttendant } from './sync-attendant.tsx';
import { TopBar } from './top-bar.tsx';

/** What the frame is told, also many times a second, draws no screen anew. */
const Screen = memo(Routes);

/** The window: top bar, rail, the screen, the status line. */
export function WindowFrame({ book }: { readonly book: OpenBook | null }): JSX.Element {
  const { t } = useTranslation('frame');
  const asOf = useAsOfState(book?.today);
  const [isCollapsed, toggleCollapsed] = useCollapsed();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const openHelp = useCallback(() => setHelpOpen(true), []);
  const actions = useActions({
    openHelp,
    toggleRail: toggleCollapsed,
    hasBook: book !== null,
    isMoved: asOf?.isMoved === true,
  });
  useGlobalKeys(actions);
  useShellCommands(actions);
  return (
    <AsOfProvider value={asOf}>
      <div className={`frame${isCollapsed ? ' frame--collapsed' : ''}`}>
        <a className="frame__skip" href="#screen" onClick={focusScreen}>
          {t('skip')}
        </a>
        <TopBar book={book} onHelp={openHelp} />
        <Rail isCollapsed={isCollapsed} onToggle={toggleCollapsed} />
        <main id="screen" className="frame__main" tabIndex={-1}>
          <Strips hasBook={book !== null} isDemo={book?.isDemo === true} />
          <div className="frame__screen">
            <Screen hasBook={book !== null} />
          </div>
        </main>
        <StatusLine book={book} />
      </div>
      {book ? <SyncAttendant /> : null}
      {book ? <SendingAttendant /> : null}
      {book ? <Entries /> : null}
      <Palette actions={actions} hasBook={book !== null} />
      <ShortcutsHelp isOpen={isHelpOpen} actions={actions} onClose={() => setHelpOpen(false)} />
    </AsOfProvider>
  );
}

/** The hash belongs to the router, so the skip link moves the focus by hand. */
function focusScreen(event: { readonly preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('screen')?.focus();
}

function useAsOfState(today: AsOf['today'] | undefined): AsOf | undefined {
  const [moved, move] = useState<AsOf['wish']>();
  return useMemo(() => {
    if (today === undefined) return undefined;
    return { day: moved ?? today, today, isMoved: moved !== undefined, wish: moved, move };
  }, [today, moved]);
}
