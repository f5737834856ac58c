import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './form-parts.css';
import { useProblemWords, useRefusalWords, type Problem } from './problem.tsx';
import type { Refusal } from '#domain/result.ts';

const SHOWN_MILLISECONDS = 10_000;
/** With nothing to take back there is only a line to read. */
const READ_MILLISECONDS = 4_000;
/** What has to be read before it is decided stays longer. */
const WARNED_MILLISECONDS = 30_000;

type Done = {
  /** What was done, in a sentence. */
  readonly message: string;
  /** What the user should know though it was done. */
  readonly warnings?: readonly Refusal[] | undefined;
  /** Takes it back; left out where it cannot be. */
  readonly undo?: (() => Promise<unknown>) | undefined;
};

type Offer = { readonly id: string; readonly run: () => Promise<void> };

let lastOffer: Offer | undefined;
let offerCount = 0;

/** Takes the last thing back that was done by hand, while its notification stands. */
export function undoLast(): void {
  void lastOffer?.run();
}

/** Returns how to say what was done, with a button that takes it back: instead of "are you sure?" before it. */
export function useDone(problemOf: (error: unknown) => Problem): (done: Done) => void {
  const { t } = useTranslation('kit');
  const sayProblem = useProblemWords();
  const sayRefusal = useRefusalWords();
  return ({ message, warnings = [], undo }) => {
    offerCount += 1;
    const id = `done-${offerCount}`;
    const closeButtonProps = { 'aria-label': t('done.close') };
    const say = (text: string): void => {
      notifications.show({ message: text, closeButtonProps });
    };
    const offer: Offer | undefined = undo && {
      id,
      run: async () => {
        notifications.hide(id);
        if (lastOffer?.id === id) lastOffer = undefined;
        try {
          await undo();
          say(t('done.undone'));
        } catch (error) {
          say(sayProblem(problemOf(error)));
        }
      },
    };
    lastOffer = offer;
    notifications.show({
      id,
      autoClose: warnings.length > 0 ? WARNED_MILLISECONDS : undo ? SHOWN_MILLISECONDS : READ_MILLISECONDS,
      closeButtonProps,
      onClose: () => {
        if (lastOffer?.id === id) lastOffer = undefined;
      },
      message: <DoneWords message={message} warnings={warnings.map(sayRefusal)} undo={offer?.run} />,
    });
  };
}

type DoneWordsProps = {
  readonly message: string;
  readonly warnings: readonly string[];
  readonly undo: (() => Promise<void>) | undefined;
};

function DoneWords({ message, warnings, undo }: DoneWordsProps): JSX.Element {
  const { t } = useTranslation('kit');
  return (
    <div className="done">
      <div className="done__words">
        <div>{message}</div>
        {warnings.map((warning) => (
          <div key={warning} className="done__warning">
            {warning}
          </div>
        ))}
      </div>
      {undo ? (
        <Button variant="default" flex="none" onClick={() => void undo()}>
          {t('done.undo')}
        </Button>
      ) : null}
    </div>
  );
}

/** Returns how to tell that something did not work, where no form stands to tell it beside. */
export function useTellProblem(problemOf: (error: unknown) => Problem): (error: unknown) => void {
  const { t } = useTranslation('kit');
  const say = useProblemWords();
  return (error) => {
    notifications.show({
      title: t('problem.refusedTitle'),
      message: say(problemOf(error)),
      color: 'gray',
      closeButtonProps: { 'aria-label': t('done.close') },
    });
  };
}
