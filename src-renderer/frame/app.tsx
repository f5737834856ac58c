import { CompanyProvider } from '#kit/export-head.ts';
import { CurrencyProvider } from '#kit/money-text.tsx';
import { cssVariables, theme } from '#kit/theme.ts';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import 'dayjs/locale/hi';
import { useEffect, useState, type JSX } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { Router } from 'wouter';
import { orpc, queryClient } from '../client.ts';
import { EngineOverlay } from './engine-overlay.tsx';
import { useHashPath } from './hash-location.ts';
import { forgetLastBook } from './watch.ts';
import { WindowFrame } from './window-frame.tsx';
import { words } from '../words/index.ts';

const colourScheme = localStorageColorSchemeManager({ key: 'baaki.theme' });

/** Everything around the screens that has no looks: theme, words, queries, address. */
export function App({ nonce }: { readonly nonce: string }): JSX.Element {
  return (
    <I18nextProvider i18n={words}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colourScheme}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queryClient}>
          <Router hook={useHashPath} searchHook={useHashPath.searchHook}>
            <Window />
          </Router>
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>
  );
}

function Window(): JSX.Element {
  const { t, i18n } = useTranslation('frame');
  const { data: book, isPending } = useQuery(orpc.books.current.queryOptions());
  const isFresh = useForgetOnSwitch(isPending ? undefined : (book?.bookId ?? ''));
  useEffect(() => {
    document.title = book ? t('windowTitle', { book: book.name }) : t('appName');
  }, [book, t]);
  return (
    <DatesProvider settings={{ locale: i18n.language, firstDayOfWeek: 1, weekendDays: [] }}>
      <ModalsProvider labels={{ confirm: t('confirm'), cancel: t('cancel') }}>
        <CurrencyProvider value={book?.baseCurrency ?? 'INR'}>
          <CompanyProvider value={book?.name ?? ''}>
            {/* A frame of its own for each book: nothing of the last one is left on the screen. */}
            {isPending || !isFresh ? (
              <Outline />
            ) : (
              <WindowFrame key={book?.bookId ?? ''} book={book ?? null} />
            )}
          </CompanyProvider>
        </CurrencyProvider>
        <Notifications position="bottom-right" containerWidth={360} />
        <EngineOverlay />
      </ModalsProvider>
    </DatesProvider>
  );
}

/** What index.html paints first stays until there is something to draw in its place. */
function Outline(): JSX.Element {
  return (
    <div className="outline">
      <div className="outline__page" />
    </div>
  );
}

/** False for the moment in which the last company's answers are thrown away: nothing of them may be drawn. */
function useForgetOnSwitch(bookId: string | undefined): boolean {
  const [handledId, setHandledId] = useState(bookId);
  useEffect(() => {
    if (handledId === bookId || bookId === undefined) return;
    if (handledId !== undefined) forgetLastBook();
    // The query cache lies outside React: the frame waits one render until it is clean.
    // oxlint-disable-next-line react/set-state-in-effect
    setHandledId(bookId);
  }, [bookId, handledId]);
  return handledId === bookId;
}
