import type { SavedView } from '#contract/engine/settings.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf } from '../../client.ts';
import { DEFAULT_VIEW, readView, viewText, type CustomersView } from './customer-view.ts';

const SCREEN = 'customers';

export type CustomersViews = {
  readonly view: CustomersView;
  readonly change: (change: Partial<CustomersView>) => void;
  readonly saved: readonly SavedView[];
  /** The saved view that is looked at; null for the one that is always there. */
  readonly chosenId: string | null;
  /** The chosen view was changed since it was saved. */
  readonly isChanged: boolean;
  readonly choose: (viewId: string | null) => void;
  readonly saveAs: (name: string) => Promise<void>;
  readonly saveChanges: () => Promise<void>;
  readonly remove: (viewId: string) => Promise<void>;
};

const NONE: readonly SavedView[] = [];

/** The view of the customers table: as it was left on this computer, and those saved in the book. */
export function useCustomersView(): CustomersViews {
  const { t } = useTranslation('customers');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const { data: settings, refetch } = useQuery(orpc.settings.get.queryOptions());
  const [kept, setKept] = useLocalStorage({
    key: `baaki.customers.${book?.bookId ?? ''}`,
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const [chosen, setChosen] = useLocalStorage({
    key: `baaki.customers-view.${book?.bookId ?? ''}`,
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const saved = settings?.views[SCREEN] ?? NONE;
  const current = saved.find(({ viewId }) => viewId === chosen);
  const view = useMemo(() => (kept === '' ? DEFAULT_VIEW : readView(kept)), [kept]);
  const change = useCallback(
    (part: Partial<CustomersView>) =>
      setKept((was) => viewText({ ...(was === '' ? DEFAULT_VIEW : readView(was)), ...part })),
    [setKept],
  );
  const write = async (views: readonly SavedView[]): Promise<void> => {
    const { views: all } = await client.settings.get();
    await client.settings.save({ views: { ...all, [SCREEN]: [...views] } });
    await refetch();
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      tell(error);
    }
  };
  return {
    view,
    change,
    saved,
    chosenId: current?.viewId ?? null,
    isChanged: current
      ? viewText(readView(current.stateJson)) !== viewText(view)
      : viewText(view) !== viewText(DEFAULT_VIEW),
    choose: (viewId) => {
      const next = saved.find((one) => one.viewId === viewId);
      setChosen(next?.viewId ?? '');
      setKept(next ? viewText(readView(next.stateJson)) : '');
    },
    saveAs: (name) =>
      attempt(async () => {
        const viewId = crypto.randomUUID();
        await write([...saved, { viewId, name, stateJson: viewText(view) }]);
        setChosen(viewId);
      }),
    saveChanges: () =>
      attempt(() =>
        write(saved.map((one) => (one.viewId === chosen ? { ...one, stateJson: viewText(view) } : one))),
      ),
    remove: (viewId) =>
      attempt(async () => {
        const gone = saved.find((one) => one.viewId === viewId);
        await write(saved.filter((one) => one.viewId !== viewId));
        done({ message: t('views.removed', { name: gone?.name ?? '' }), undo: () => write(saved) });
      }),
  };
}
