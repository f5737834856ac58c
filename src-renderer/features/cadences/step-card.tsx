import { IconFileText, IconRepeat, IconUserCheck } from '@tabler/icons-react';
import type { CSSProperties, JSX, KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { stepWords } from './cadence-words.ts';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import type { PlacedStep } from './steps.ts';
import { useSay } from './use-say.ts';

export type CardPlace = { readonly x: number; readonly bottom: number };

type StepCardProps = {
  readonly placed: PlacedStep;
  readonly at: CardPlace;
  readonly textName: string;
  readonly isSelected: boolean;
  /** No text can be sent on any channel of its ladder. */
  readonly isTextless: boolean;
  readonly onSelect: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => void;
  readonly drag: {
    readonly onPointerDown: (event: PointerEvent<HTMLButtonElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLButtonElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLButtonElement>) => void;
    readonly onPointerCancel: (event: PointerEvent<HTMLButtonElement>) => void;
  };
};

/** One reminder, standing on its day with a pole at its left edge. */
export function StepCard({ placed, at, textName, drag, ...card }: StepCardProps): JSX.Element {
  const { t } = useTranslation(['cadences', 'reminders']);
  const say = useSay();
  const { step, number } = placed;
  const when = [
    t(step.days < 0 ? 'short.before' : 'short.after', { count: Math.abs(step.days) }),
    ...(step.anchor === 'due' ? [] : [t(`short.${step.anchor}`)]),
  ].join(' ');
  const style = { '--pole': `${at.bottom}px`, left: at.x, bottom: at.bottom } as CSSProperties;
  return (
    <button
      type="button"
      className={`step-card ${card.isSelected ? 'step-card--selected' : ''}`}
      style={style}
      data-step={step.stepId}
      aria-pressed={card.isSelected}
      tabIndex={card.isSelected ? 0 : -1}
      onClick={card.onSelect}
      onFocus={card.onSelect}
      onKeyDown={card.onKeyDown}
      {...drag}
    >
      <span className="unseen">
        {t('step', { number })}: {stepWords(step, say)}. {textName}
      </span>
      <span className="step-card__face" aria-hidden>
        <span className="step-card__row">
          <span className="step-card__number">{number}</span>
          <span className="step-card__when" title={when}>
            {when}
          </span>
          {step.repeatEveryDays === null ? null : (
            <span className="step-card__mark" title={t('short.repeats', { count: step.repeatEveryDays })}>
              <IconRepeat size={13} aria-hidden />
              {step.repeatMost === null ? '' : `×${step.repeatMost}`}
            </span>
          )}
          {step.attaches === null ? null : <IconFileText size={14} aria-hidden />}
          {step.needsPerson ? <IconUserCheck size={14} aria-hidden /> : null}
        </span>
        <span
          className={`step-card__text ${card.isTextless ? 'step-card__text--missing' : ''}`}
          title={card.isTextless ? undefined : textName}
        >
          {card.isTextless ? t('noText') : textName}
        </span>
        <span className="step-card__row step-card__foot">
          <span className="step-card__tone">{t(`reminders:tone.${step.tone}`)}</span>
          <span className="step-card__channels">
            {step.channels.map((channel) => (
              <ChannelIcon key={channel} channel={channel} size={15} />
            ))}
          </span>
        </span>
      </span>
    </button>
  );
}
