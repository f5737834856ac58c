import type { TallyFailureShown } from '#contract/engine/sync.ts';
import type { SyncLight, TallyFailureWord } from '#contract/engine/sync-words.ts';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureWords } from './failure-words.ts';
import { Light } from './light.tsx';
import { PortSteps } from './port-steps.tsx';
import './connect.css';

type FailureNoteProps = {
  readonly failure: TallyFailureShown;
  readonly where?: { readonly company?: string; readonly host?: string; readonly port?: number };
  /** The light of the connection, where there is one; else the failure's own. */
  readonly light?: SyncLight;
  readonly again: string;
  readonly isBusy: boolean;
  readonly onAgain: () => void;
  /** Another way, said where the port cannot be opened. */
  readonly otherWay?: ReactNode;
};

/** The port is most often switched off: for these two the way to it is drawn. */
const PORT_FAILURES: ReadonlySet<TallyFailureWord> = new Set(['tally-not-running', 'tally-port-closed']);

/** What stands between us and Tally: a light, a sentence, the next step, and a button that tries again. */
export function FailureNote(props: FailureNoteProps): JSX.Element {
  const { failure, where = {}, again, isBusy, onAgain } = props;
  const words = useFailureWords()(failure, where);
  // A Tally that works on something else comes back by itself.
  const own = failure.code === 'tally-busy' || failure.code === 'tally-moved' ? 'amber' : 'red';
  return (
    <div className="failure" data-failure={failure.code}>
      <div className="failure__head">
        <div className="failure__words" role="status">
          <p className="failure__title">
            <Light light={props.light ?? own} size={20}>
              {words.title}
            </Light>
          </p>
          <p className="failure__next">{words.next}</p>
        </div>
        <Button
          className="failure__again"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={isBusy}
          onClick={onAgain}
        >
          {again}
        </Button>
      </div>
      {PORT_FAILURES.has(failure.code) ? (
        <>
          <PortSteps />
          {props.otherWay === undefined ? null : <p className="port__other">{props.otherWay}</p>}
        </>
      ) : null}
    </div>
  );
}

/** In Educational mode Tally takes only three days of a month; nobody should wonder at an older figure. */
export function EducationalNote(): JSX.Element {
  const { t } = useTranslation('sync');
  return (
    <p className="educational" role="note">
      <strong>{t('educational.title')}</strong> {t('educational.text')}
    </p>
  );
}
