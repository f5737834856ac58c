import { dayNumber, type Day } from '#domain/days.ts';
import {
  useMemo,
  useRef,
  useState,
  type JSX,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
} from 'react';
import { clampDay, dayAt, dayByKey, monthTicks, placeOf, type DayRange } from './day-ticks.ts';
import './day-slider.css';

const NAMES_MOST = 9;

type DaySliderProps = DayRange & {
  readonly day: Day;
  readonly today: Day;
  /** What the slider chooses, for a screen reader. */
  readonly label: string;
  /** The day in words, for a screen reader. */
  readonly sayDay: (day: Day) => string;
  /** At every move, as often as frames are drawn. */
  readonly onMove: (day: Day) => void;
  /** The pointer or the key was let go. */
  readonly onRelease: (day: Day) => void;
};

/**
 * A slider over days with a tick at each month. The day is the parent's: it hands back what onMove told it.
 * Keys: arrows move a day, PageUp and PageDown a month, Home and End go to the ends.
 */
export function DaySlider(props: DaySliderProps): JSX.Element {
  const { day, today, firstDay, lastDay, label, sayDay } = props;
  const range = useMemo(() => ({ firstDay, lastDay }), [firstDay, lastDay]);
  const track = useRef<HTMLDivElement>(null);
  const { isHeld, release, ...hold } = useHold(props, range, track);
  const shown = clampDay(day, range);
  return (
    <div
      ref={track}
      role="slider"
      tabIndex={0}
      className={`day-slider${isHeld ? ' day-slider--held' : ''}`}
      aria-label={label}
      aria-valuemin={dayNumber(firstDay)}
      aria-valuemax={dayNumber(lastDay)}
      aria-valuenow={dayNumber(shown)}
      aria-valuetext={sayDay(shown)}
      onPointerDown={hold.onPointerDown}
      onPointerMove={hold.onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={hold.onKeyDown}
      onKeyUp={release}
      onBlur={release}
    >
      <div className="day-slider__track">
        <div className="day-slider__past" style={{ transform: `scaleX(${placeOf(shown, range)})` }} />
      </div>
      <Ticks range={range} />
      {today >= firstDay && today <= lastDay ? (
        <div className="day-slider__today" style={{ left: percent(placeOf(today, range)) }} />
      ) : null}
      <div
        className="day-slider__carrier"
        style={{ transform: `translateX(${percent(placeOf(shown, range))})` }}
      >
        <div className="day-slider__thumb" />
      </div>
    </div>
  );
}

function percent(place: number): string {
  return `${place * 100}%`;
}

/** Drawn once for a range: nothing of it changes while the slider moves. */
function Ticks({ range }: { readonly range: DayRange }): JSX.Element {
  return useMemo(
    () => (
      <div className="day-slider__ticks" aria-hidden="true">
        {monthTicks(range, NAMES_MOST).map(({ day, at, isNamed }) => (
          <span
            key={day}
            className={`day-slider__tick${isNamed ? ' day-slider__tick--named' : ''}`}
            style={{ left: percent(at) }}
          >
            {isNamed ? `${day.slice(5, 7)}-${day.slice(2, 4)}` : null}
          </span>
        ))}
      </div>
    ),
    [range],
  );
}

type Hold = {
  readonly isHeld: boolean;
  readonly onPointerDown: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly release: () => void;
};

/** Follows the pointer or the keys until they are let go. */
function useHold(
  { day, onMove, onRelease }: DaySliderProps,
  range: DayRange,
  track: RefObject<HTMLDivElement | null>,
): Hold {
  const heldDay = useRef<Day>(undefined);
  // Asked for once: asking at every move would have the page laid out in between.
  const box = useRef<DOMRect>(undefined);
  const [isHeld, setHeld] = useState(false);

  const moveTo = (next: Day): void => {
    if (heldDay.current === next) return;
    heldDay.current = next;
    onMove(next);
  };
  const dayUnder = (clientX: number): Day | undefined => {
    const { current } = box;
    return current && dayAt((clientX - current.left) / current.width, range);
  };
  return {
    isHeld,
    onPointerDown: (event) => {
      box.current = track.current?.getBoundingClientRect();
      const under = dayUnder(event.clientX);
      if (event.button !== 0 || under === undefined) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setHeld(true);
      moveTo(under);
    },
    onPointerMove: (event) => {
      const under = isHeld ? dayUnder(event.clientX) : undefined;
      if (under !== undefined) moveTo(under);
    },
    onKeyDown: (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const next = dayByKey(event.key, heldDay.current ?? clampDay(day, range), range);
      if (next === undefined) return;
      event.preventDefault();
      moveTo(next);
    },
    release: () => {
      setHeld(false);
      const last = heldDay.current;
      heldDay.current = undefined;
      if (last !== undefined) onRelease(last);
    },
  };
}
