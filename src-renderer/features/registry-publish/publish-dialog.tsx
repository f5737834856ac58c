import { useBusy } from '#kit/use-busy.ts';
import type { Candidate } from '#contract/engine/registry.ts';
import { instantWords } from '#kit/instant-text.ts';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useDone } from '#kit/undo.tsx';
import { Button, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf } from '../../client.ts';
import { PreviewPane } from './preview-pane.tsx';
import './registry-publish.css';
import { PublishSummary } from './publish-summary.tsx';

const WORD_LETTERS_MOST = 20;

type PublishDialogProps = {
  readonly candidates: readonly Candidate[];
  readonly onDone: () => void;
  readonly onClose: () => void;
};

/** Exactly what leaves, what stays, what happens next; then it waits a day in which it can be taken back unheard. */
export function PublishDialog({ candidates, onDone, onClose }: PublishDialogProps): JSX.Element {
  const { t } = useTranslation('registry');
  const [typed, setTyped] = useState('');
  const billIds = candidates.map(({ billId }) => billId);
  const { data, error, refetch } = useQuery({
    ...orpc.registry.preview.queryOptions({ input: { billIds } }),
    // What is shown is what would leave now.
    gcTime: 0,
    placeholderData: undefined,
  });
  const confirmation = data?.confirmation ?? null;
  const isReady = data !== undefined && (confirmation === null || typed.trim() === confirmation);
  const { publish, isBusy, problem } = usePublish(billIds, { onDone, onClose });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('go.title', { count: candidates.length })}
      size="min(1120px, 94vw)"
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      {/* What is to be typed is known once the engine has answered: the keyboard goes there then. */}
      <EntryForm
        key={data === undefined ? 'asking' : 'asked'}
        className="go"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) publish(confirmation === null ? null : typed.trim());
        }}
      >
        <div className="go__panes">
          <PublishSummary candidates={candidates} staysHere={data?.staysHere} />
          {error ? (
            <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />
          ) : (
            <PreviewPane preview={data} />
          )}
        </div>
        {confirmation === null ? null : (
          <TextInput
            label={t('go.type', { word: confirmation })}
            description={t('go.typeWhy')}
            data-autofocus
            autoComplete="off"
            inputMode="numeric"
            maxLength={WORD_LETTERS_MOST}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
        {problem ? <ProblemNote problem={problem} /> : null}
        <div className="form-foot">
          <span className="form-foot__aside">{t('go.undoNote')}</span>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            data-autofocus={confirmation === null ? true : undefined}
            disabled={!isReady}
            loading={isBusy}
          >
            {t('go.submit', { count: candidates.length })}
          </Button>
        </div>
      </EntryForm>
    </Modal>
  );
}

type After = { readonly onDone: () => void; readonly onClose: () => void };
type Publish = {
  readonly publish: (confirmation: string | null) => void;
  readonly isBusy: boolean;
  readonly problem: ReturnType<typeof useBusy>['problem'];
};

function usePublish(billIds: readonly number[], { onDone, onClose }: After): Publish {
  const { t } = useTranslation('registry');
  const done = useDone(problemOf);
  const { run, isBusy, problem } = useBusy(problemOf);
  const publish = (confirmation: string | null): void =>
    run(async () => {
      const { publishedCount, refused, undoUntil } = await client.registry.publish({
        billIds: [...billIds],
        confirmation,
      });
      onDone();
      onClose();
      const left = new Set(refused.map(({ billId }) => billId));
      const gone = billIds.filter((billId) => !left.has(billId));
      done({
        message: [
          t('go.done', { count: publishedCount, until: instantWords(undoUntil) }),
          refused.length === 0 ? '' : t('go.leftOut', { count: refused.length }),
        ]
          .filter((part) => part !== '')
          .join(' '),
        undo: publishedCount === 0 ? undefined : async () => client.registry.withdraw({ billIds: gone }),
      });
    });
  return { publish, isBusy, problem };
}
