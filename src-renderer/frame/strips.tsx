import { useAsOf } from '#kit/as-of.tsx';
import { dayWords, useRelativeDay } from '#kit/day-text.tsx';
import { UnstyledButton } from '@mantine/core';
import { IconFlask, IconHistory } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';

/** Strips over the screen that nobody may overlook: another day than today, a company that is not real. */
export function Strips({
  hasBook,
  isDemo,
}: {
  readonly hasBook: boolean;
  readonly isDemo: boolean;
}): JSX.Element {
  return (
    <>
      {hasBook ? <MovedStrip /> : null}
      {isDemo ? <DemoStrip /> : null}
    </>
  );
}

function MovedStrip(): JSX.Element | null {
  const { t } = useTranslation('frame');
  const { day, today, isMoved, move } = useAsOf();
  const sayRelative = useRelativeDay();
  if (!isMoved) return null;
  return (
    <div className="strip strip--moved" role="status">
      <IconHistory size={16} aria-hidden />
      <span className="strip__words">
        {t('moved.strip', { day: dayWords(day), relative: sayRelative(day, today) })}
      </span>
      <UnstyledButton className="strip__button" onClick={() => move(undefined)}>
        {t('moved.back')}
      </UnstyledButton>
    </div>
  );
}

function DemoStrip(): JSX.Element {
  const { t } = useTranslation('frame');
  const [, goTo] = useLocation();
  return (
    <div className="strip" role="note">
      <IconFlask size={16} aria-hidden />
      <span className="strip__words">{t('demo.strip')}</span>
      <UnstyledButton className="strip__button" onClick={() => goTo('/books')}>
        {t('demo.own')}
      </UnstyledButton>
    </div>
  );
}
