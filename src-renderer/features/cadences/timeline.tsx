import { useElementSize } from '@mantine/hooks';
import { useRef, type JSX, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { StepCard } from './step-card.tsx';
import { placeSteps, type ExampleBill, type Step } from './steps.ts';
import { lanesOf, rangeOf, scaleOf, ticksOf } from './timeline-scale.ts';
import type { TextNames } from './use-text-names.ts';
import './timeline.css';
import { useStepDrag } from './use-step-drag.ts';

const CARD_WIDTH = 160;
const LANE_HEIGHT = 74;
/** Where many steps lie close together the cards leave out the name of the text. */
const LOW_LANE_HEIGHT = 54;
const FULL_ROWS_MOST = 4;
const FOOT_HEIGHT = 12;
const SIDE = 16;
const TICK_GAP = 34;
/** Until it has been measured. */
const WIDTH_AT_FIRST = 800;

type TimelineProps = {
  readonly steps: readonly Step[];
  readonly bill: ExampleBill;
  /** Days around the due day on which a step comes again. */
  readonly repeats: readonly number[];
  readonly selectedId: string | undefined;
  readonly texts: TextNames;
  readonly isOff: boolean;
  readonly onSelect: (stepId: string) => void;
  readonly onSlide: (stepId: string, days: number, isFirst: boolean) => void;
  readonly onSettle: () => void;
  readonly onMove: (stepId: string, days: number) => void;
  readonly onKey: (event: KeyboardEvent, step: Step) => void;
};

/** The steps on a line of days around the due day. */
export function Timeline(props: TimelineProps): JSX.Element {
  const { steps, bill, selectedId, texts, isOff } = props;
  const { t } = useTranslation('cadences');
  const { ref, width } = useElementSize<HTMLDivElement>();
  const field = useRef<HTMLDivElement>(null);
  const placed = placeSteps(steps, bill);
  const lineWidth = Math.max(300, (width || WIDTH_AT_FIRST) - CARD_WIDTH - 2 * SIDE);
  const free = scaleOf(rangeOf(placed.map(({ place }) => place)), lineWidth);
  const drag = useStepDrag({ scale: free, isOff, onSlide: props.onSlide, onSettle: props.onSettle });
  const scale = drag.frozen ? scaleOf(drag.frozen, lineWidth) : free;
  const lanes = lanesOf(placed, scale, CARD_WIDTH + 4);
  const rowCount = Math.max(1, ...[...lanes.values()].map((lane) => lane + 1));
  const isLow = rowCount > FULL_ROWS_MOST;
  const laneHeight = isLow ? LOW_LANE_HEIGHT : LANE_HEIGHT;
  const focusBeside = (stepId: string, by: number): void => {
    const at = steps.findIndex((step) => step.stepId === stepId);
    const next = steps[at + by];
    if (next) field.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(next.stepId)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>, step: Step): void => {
    const by = daysByKey(event);
    if (by !== undefined && !isOff) props.onMove(step.stepId, step.days + by);
    else if (event.key === 'ArrowUp') focusBeside(step.stepId, -1);
    else if (event.key === 'ArrowDown') focusBeside(step.stepId, 1);
    else return props.onKey(event, step);
    event.preventDefault();
  };
  return (
    <div className={`stepline ${isLow ? 'stepline--low' : ''}`} ref={ref}>
      <div
        ref={field}
        className="stepline__field"
        role="group"
        aria-label={t('timeline.label')}
        style={{ height: rowCount * laneHeight + FOOT_HEIGHT, marginInline: SIDE }}
      >
        {/* In an order that stays: a card that is moved past another keeps the keyboard. */}
        {placed
          .toSorted((a, b) => (a.step.stepId < b.step.stepId ? -1 : 1))
          .map((one) => (
            <StepCard
              key={one.step.stepId}
              placed={one}
              at={{
                x: scale.x(one.place),
                bottom: FOOT_HEIGHT + (lanes.get(one.step.stepId) ?? 0) * laneHeight,
              }}
              textName={texts.nameOf(one.step.templateKey)}
              isTextless={texts.isTextless(one.step)}
              isSelected={one.step.stepId === selectedId}
              onSelect={() => props.onSelect(one.step.stepId)}
              onKeyDown={(event) => onKeyDown(event, one.step)}
              drag={drag.of(one)}
            />
          ))}
      </div>
      <div className="stepline__line" style={{ marginInline: SIDE }} aria-hidden>
        {props.repeats
          .filter((place) => place <= scale.to)
          .map((place) => (
            <span key={place} className="stepline__repeat" style={{ left: scale.x(place) }} />
          ))}
        {ticksOf(scale, TICK_GAP).map((tick) => (
          <span
            key={tick}
            className={`stepline__tick ${tick === 0 ? 'stepline__tick--due' : ''}`}
            style={{ left: scale.x(tick) }}
          >
            {tick === 0 ? t('timeline.due') : Math.abs(tick)}
          </span>
        ))}
      </div>
      <div className="stepline__sides" aria-hidden>
        <span>{t('timeline.before')}</span>
        <span>{t('timeline.after')}</span>
      </div>
    </div>
  );
}

const DAYS_A_WEEK = 7;

/** The arrows move a card by a day, with Shift by a week. */
function daysByKey({ key, shiftKey }: KeyboardEvent): number | undefined {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  return (key === 'ArrowLeft' ? -1 : 1) * (shiftKey ? DAYS_A_WEEK : 1);
}
