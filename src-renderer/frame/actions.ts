import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../client.ts';
import { chooseLanguage, languageNames, languages } from '../words/index.ts';
import { useEntryActions } from './entry-actions.ts';
import { goTo } from './hash-location.ts';
import { palette } from './palette-store.ts';
import { placeItems } from './places.ts';
import { useReminderActions } from './reminder-actions.ts';
import { useRegistryActions } from './registry-actions.ts';
import { useTallyActions } from './tally-actions.ts';

/** One thing that can be done from anywhere: by palette, by key, by the native menu. */
export type Action = {
  readonly id: string;
  readonly group: 'screens' | 'actions';
  readonly label: string;
  /** 'Ctrl+K', 'Alt+1', '?'. */
  readonly keys?: string;
  /** The palette lists it only once something is typed: there are many. */
  readonly isOnlyFound?: boolean;
  readonly run: () => void;
};

type ActionsWish = {
  readonly openHelp: () => void;
  readonly toggleRail: () => void;
  readonly hasBook: boolean;
  readonly isMoved: boolean;
};

export function useActions({ openHelp, toggleRail, hasBook, isMoved }: ActionsWish): readonly Action[] {
  const { t, i18n } = useTranslation('frame');
  const entries = useEntryActions({ hasBook, isMoved });
  const tally = useTallyActions(hasBook);
  const registry = useRegistryActions(hasBook);
  const reminders = useReminderActions(hasBook);
  const { setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light');
  return useMemo(() => {
    const nextTheme = shown === 'dark' ? 'light' : 'dark';
    const screens = placeItems.map(({ id, path, keys }): Action => ({
      id,
      group: 'screens',
      label: t(`places.${id}`),
      keys,
      run: () => goTo(path),
    }));
    const toLanguages = languages
      .filter((language) => language !== i18n.language)
      .map((language): Action => ({
        id: `language-${language}`,
        group: 'actions',
        label: t('actions.language', { language: languageNames[language] }),
        run: () => chooseLanguage(language),
      }));
    const act = (id: string, label: string, run: () => void, keys?: string): Action => ({
      id,
      group: 'actions',
      label,
      run,
      ...(keys === undefined ? {} : { keys }),
    });
    return [
      ...screens,
      ...entries,
      act('open-palette', t('search.open'), palette.open, 'Ctrl+K'),
      act('import', t('actions.import'), () => goTo('/imports'), 'Ctrl+I'),
      ...tally,
      ...registry,
      ...reminders,
      act('new-book', t('actions.newBook'), () => goTo('/books')),
      act('theme', t(`theme.${nextTheme}`), () => setColorScheme(nextTheme), 'Ctrl+Shift+L'),
      ...toLanguages,
      act('toggle-rail', t('actions.toggleRail'), toggleRail, 'Ctrl+B'),
      act('back', t('actions.back'), () => window.history.back(), 'Alt+ArrowLeft'),
      act('copy-diagnostics', t('diagnostics.copy'), () => void copyDiagnostics(t('diagnostics.copied'))),
      act('shortcuts', t('help.open'), openHelp, '?'),
    ];
  }, [t, i18n.language, shown, setColorScheme, openHelp, toggleRail, entries, tally, registry, reminders]);
}

async function copyDiagnostics(message: string): Promise<void> {
  await shell.copyDiagnostics();
  notifications.show({ message });
}

function chordOf(event: KeyboardEvent): string {
  // With a Hindi keyboard the K key types क; a chord means the key's place then.
  const isForeign = event.key.length === 1 && event.key > '~' && /^(Key|Digit)/.test(event.code);
  const typed = isForeign ? event.code.replace(/^(Key|Digit)/, '') : event.key;
  const key = typed.length === 1 ? typed.toUpperCase() : typed;
  if (key === '?') return '?';
  return [event.ctrlKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '', key]
    .filter((part) => part !== '')
    .join('+');
}

function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** Whether a dialog or a list is open; a closed list of a field stays in the page, unseen. */
const isOverlaid = (): boolean =>
  [...document.querySelectorAll('[role=dialog], [role=menu], [role=listbox]')].some((one) =>
    one.checkVisibility(),
  );

/** While one types, these belong to the field. */
const OF_FIELDS: ReadonlySet<string> = new Set(['?', 'Ctrl+Z']);

/** Keys that work everywhere. Esc goes one step back from a page within a page. */
export function useGlobalKeys(actions: readonly Action[]): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const chord = chordOf(event);
      if (chord === 'Escape' && !isTyping(event) && !isOverlaid() && isDeep()) return window.history.back();
      const action = actions.find(({ keys }) => keys === chord);
      if (!action || (OF_FIELDS.has(chord) && isTyping(event)) || (isOverlaid() && chord !== 'Ctrl+K'))
        return;
      event.preventDefault();
      action.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [actions]);
}

/** '#/customers/7' and '#/bills?bucket=3' lie one step in; '#/customers' does not. */
function isDeep(): boolean {
  return /^#\/([^/?]+\/.|bills\?.)/.test(window.location.hash);
}

/** What main's menu and tray ask for is an action's id. */
export function useShellCommands(actions: readonly Action[]): void {
  useEffect(
    () =>
      shell.onCommand((command) => {
        actions.find(({ id }) => id === command)?.run();
      }),
    [actions],
  );
}
