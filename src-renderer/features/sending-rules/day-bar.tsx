import { useEffect, useRef, useState, type JSX, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { clockWords } from './clock.ts';
import {
  endNearest,
  minuteAt,
  minuteByKey,
  MINUTES_A_DAY,
  withEnd,
  type End,
  type Range,
} from './hours-range.ts';

type DayBarProps = {
  readonly label: string;
  readonly range: Range;
  /** The hatched rest of the day is nobody's to use. */
  readonly outer: Range;
  readonly isOff: boolean;
  readonly onChange: (range: Range) => void;
};

/** Arrow keys come in a row; what they lead to is saved when they rest. */
const REST_MILLISECONDS = 700;

/** The day from midnight to midnight: drag the ends, or move them with the arrow keys. */
export function DayBar({ label, range, outer, isOff, onChange }: DayBarProps): JSX.Element {
  const [drawn, setDrawn] = useDrawn(range);
  const track = useRef<HTMLDivElement>(null);
  const dragged = useRef<End>(undefined);
  const commit = useCommit(range, onChange);
  const minuteOf = ({ clientX }: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    return box ? minuteAt((clientX - box.left) / box.width) : 0;
  };
  const move = (end: End, minute: number): Range => {
    const next = withEnd(drawn, end, minute, outer);
    setDrawn(next);
    return next;
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (isOff || event.button !== 0) return;
    const end = endNearest(drawn, minuteOf(event));
    dragged.current = end;
    event.currentTarget.setPointerCapture(event.pointerId);
    move(end, minuteOf(event));
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (dragged.current !== undefined) move(dragged.current, minuteOf(event));
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (dragged.current === undefined) return;
    commit.now(move(dragged.current, minuteOf(event)));
    dragged.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent, end: End): void => {
    const at = end === 'from' ? drawn.fromMinute : drawn.toMinute;
    const minute = isOff ? undefined : minuteByKey(event.key, at, outer);
    if (minute === undefined) return;
    event.preventDefault();
    commit.soon(move(end, minute));
  };
  const ends = { label, drawn, outer, isOff, onKeyDown, onBlur: commit.flush };
  return (
    <div
      ref={track}
      className="day-bar"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
    >
      <span className="day-bar__locked" style={{ left: 0, width: shareOf(outer.fromMinute) }} />
      <span className="day-bar__locked" style={{ left: shareOf(outer.toMinute), right: 0 }} />
      <span
        className="day-bar__open"
        style={{
          left: shareOf(drawn.fromMinute),
          width: shareOf(drawn.toMinute - drawn.fromMinute),
        }}
      />
      <Handle {...ends} end="from" />
      <Handle {...ends} end="to" />
    </div>
  );
}

/** What is drawn while it is moved; what came back changed, from an undo, takes its place. */
function useDrawn({ fromMinute, toMinute }: Range): readonly [Range, (drawn: Range) => void] {
  const saved = `${fromMinute} ${toMinute}`;
  const [state, setState] = useState({ saved, drawn: { fromMinute, toMinute } });
  const fresh = { saved, drawn: { fromMinute, toMinute } };
  if (state.saved !== saved) setState(fresh);
  return [
    state.saved === saved ? state.drawn : fresh.drawn,
    ({ fromMinute: from, toMinute: to }) => setState({ saved, drawn: { fromMinute: from, toMinute: to } }),
  ];
}

function shareOf(minutes: number): string {
  return `${(minutes * 100) / MINUTES_A_DAY}%`;
}

type Commit = {
  readonly now: (range: Range) => void;
  readonly soon: (range: Range) => void;
  readonly flush: () => void;
};

function useCommit(saved: Range, onChange: (range: Range) => void): Commit {
  const waiting = useRef<{ readonly range: Range; readonly timer: ReturnType<typeof setTimeout> }>(undefined);
  useEffect(() => () => clearTimeout(waiting.current?.timer), []);
  const now = ({ fromMinute, toMinute }: Range): void => {
    clearTimeout(waiting.current?.timer);
    waiting.current = undefined;
    if (fromMinute !== saved.fromMinute || toMinute !== saved.toMinute) onChange({ fromMinute, toMinute });
  };
  return {
    now,
    soon: (range) => {
      clearTimeout(waiting.current?.timer);
      waiting.current = { range, timer: setTimeout(() => now(range), REST_MILLISECONDS) };
    },
    flush: () => {
      if (waiting.current) now(waiting.current.range);
    },
  };
}

type HandleProps = {
  readonly label: string;
  readonly end: End;
  readonly drawn: Range;
  readonly outer: Range;
  readonly isOff: boolean;
  readonly onKeyDown: (event: KeyboardEvent, end: End) => void;
  readonly onBlur: () => void;
};

function Handle({ label, end, drawn, outer, isOff, onKeyDown, onBlur }: HandleProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  const minute = end === 'from' ? drawn.fromMinute : drawn.toMinute;
  return (
    <span
      role="slider"
      tabIndex={isOff ? -1 : 0}
      className="day-bar__end"
      style={{ left: shareOf(minute) }}
      aria-label={t(`hours.${end}Of`, { channel: label })}
      aria-valuemin={outer.fromMinute}
      aria-valuemax={outer.toMinute}
      aria-valuenow={minute}
      aria-valuetext={clockWords(minute)}
      aria-disabled={isOff}
      title={clockWords(minute)}
      onKeyDown={(event) => onKeyDown(event, end)}
      onBlur={onBlur}
    />
  );
}
