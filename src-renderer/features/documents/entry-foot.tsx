import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { Button } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type EntryFootProps = {
  readonly submit: string;
  readonly isBusy: boolean;
  /** A refusal that belongs to no field of the form, or a failure. */
  readonly problem: Problem | undefined;
  readonly aside?: ReactNode;
  readonly onClose: () => void;
};

/** What stands under every form: what went wrong, and the two buttons. */
export function EntryFoot({ submit, isBusy, problem, aside, onClose }: EntryFootProps): JSX.Element {
  const { t } = useTranslation('documents');
  return (
    <>
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="form-foot">
        <div className="form-foot__aside">{aside}</div>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={isBusy} rightSection={<Shortcut keys="Ctrl+↵" />}>
          {submit}
        </Button>
      </div>
    </>
  );
}
