import { client, orpc, problemOf } from '../../client.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { startTransition, useDeferredValue, useEffect, useReducer, useRef, type Dispatch } from 'react';
import type { CurrencyTotal, DryRun, ImportMap } from './types.ts';
import { PASTED_NAME } from './file-words.ts';
import { START, wizardReducer, type Drafted, type Wizard, type WizardEvent } from './wizard.ts';

const PREVIEW_AFTER_MILLISECONDS = 250;
/** A dry run of a large file is heavy: it is let go soon after its map was left. */
const PREVIEW_KEPT_MILLISECONDS = 30_000;

/** A file of this machine, or cells that were pasted. */
export type ReadSource = { readonly path: string } | { readonly pastedText: string };

export type WizardActions = {
  readonly dispatch: Dispatch<WizardEvent>;
  readonly read: (source: ReadSource) => Promise<void>;
  readonly understand: (drafted: Drafted, sheet: number, headerRow: number | null) => Promise<void>;
  readonly commit: (drafted: Drafted, currencies: readonly CurrencyTotal[]) => Promise<void>;
  /** Gives up what is running; reading leads back to the drop zone, checking to the dry run. */
  readonly stop: () => void;
};

export function useWizard(): { readonly wizard: Wizard; readonly actions: WizardActions } {
  const [wizard, dispatch] = useReducer(wizardReducer, START);
  const running = useRef<AbortController | null>(null);
  useDraftDiscarded(wizard.step === 'drop' || wizard.step === 'done' ? null : wizard.draft.draftId);
  useEffect(() => () => running.current?.abort(), []);

  const begin = (): AbortSignal => {
    running.current?.abort();
    running.current = new AbortController();
    return running.current.signal;
  };
  const actions: WizardActions = {
    dispatch,
    read: (source) => readSource(dispatch, begin(), source),
    understand: (drafted, sheet, headerRow) =>
      understandSheet(dispatch, begin(), { draftId: drafted.draft.draftId, sheet, headerRow }),
    commit: (drafted, currencies) => commitDraft(dispatch, begin(), { drafted, currencies }),
    stop: () => {
      running.current?.abort();
      dispatch(wizard.step === 'writing' ? { type: 'go', to: 'check' } : { type: 'restart' });
    },
  };
  return { wizard, actions };
}

async function readSource(
  dispatch: Dispatch<WizardEvent>,
  signal: AbortSignal,
  source: ReadSource,
): Promise<void> {
  dispatch({ type: 'reading', fileName: 'path' in source ? fileNameOf(source.path) : PASTED_NAME });
  await told(dispatch, signal, async () => {
    for await (const { done, of, draft } of await client.imports.read(source, { signal })) {
      if (draft && signal.aborted) await client.imports.discard({ draftId: draft.draftId });
      // A step of many controls is drawn in slices: the window answers meanwhile.
      else if (draft) startTransition(() => dispatch({ type: 'read', draft }));
      else dispatch({ type: 'read-part', done, of });
    }
  });
}

async function understandSheet(
  dispatch: Dispatch<WizardEvent>,
  signal: AbortSignal,
  wish: { readonly draftId: string; readonly sheet: number; readonly headerRow: number | null },
): Promise<void> {
  await told(dispatch, signal, async () => {
    const understood = await client.imports.understand(wish, { signal });
    if (!signal.aborted) startTransition(() => dispatch({ type: 'understood', understood }));
  });
}

async function commitDraft(
  dispatch: Dispatch<WizardEvent>,
  signal: AbortSignal,
  wish: { readonly drafted: Drafted; readonly currencies: readonly CurrencyTotal[] },
): Promise<void> {
  const { draft, map } = wish.drafted;
  dispatch({ type: 'writing' });
  await told(dispatch, signal, async () => {
    const events = await client.imports.commit({ draftId: draft.draftId, map }, { signal });
    let isWritten = false;
    for await (const event of events) {
      isWritten ||= event.batch !== undefined;
      if (event.batch) dispatch({ type: 'written', batch: event.batch, currencies: wish.currencies });
      else if (!signal.aborted) dispatch({ type: 'progress', progress: event });
    }
    if (!isWritten && !signal.aborted)
      dispatch({ type: 'failed', problem: { kind: 'broken', errorId: null } });
  });
}

/** Whatever goes wrong becomes a sentence in the wizard, unless the user himself has stopped it. */
async function told(
  dispatch: Dispatch<WizardEvent>,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) dispatch({ type: 'failed', problem: problemOf(error) });
  }
}

/** A draft lives in the engine's memory: it is let go as soon as the wizard has left it. */
function useDraftDiscarded(draftId: string | null): void {
  useEffect(() => {
    if (draftId === null) return undefined;
    return () => {
      // When the engine is gone, so is the draft: there is nobody left to tell.
      client.imports.discard({ draftId }).catch(() => undefined);
    };
  }, [draftId]);
}

export type Preview = {
  readonly dryRun: DryRun | undefined;
  /** The figures belong to an earlier map and are being counted anew. */
  readonly isStale: boolean;
  readonly error: unknown;
  readonly retry: () => void;
};

/** The dry run of the map as it is now; while it is counted anew, the last one stays on the screen. */
export function usePreview(draftId: string, map: ImportMap): Preview {
  const [settledMap] = useDebouncedValue(map, PREVIEW_AFTER_MILLISECONDS);
  const query = useQuery({
    ...orpc.imports.preview.queryOptions({ input: { draftId, map: settledMap } }),
    gcTime: PREVIEW_KEPT_MILLISECONDS,
  });
  const dryRun = useDeferredValue(query.data);
  return {
    dryRun,
    isStale: settledMap !== map || query.isPlaceholderData || query.isFetching || dryRun !== query.data,
    error: query.error,
    retry: () => void query.refetch(),
  };
}

export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
