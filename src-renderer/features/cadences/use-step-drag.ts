import { useRef, useState, type PointerEvent } from 'react';
import type { PlacedStep } from './steps.ts';
import type { Range, Scale } from './timeline-scale.ts';

/** So far a pointer may tremble while it only presses. */
const STARTS_AFTER_PIXELS = 4;

type Grip = { readonly placed: PlacedStep; readonly fromX: number; readonly scale: Scale; isMoving: boolean };

type DragWish = {
  readonly scale: Scale;
  readonly isOff: boolean;
  /** `isFirst`: with it the way begins. */
  readonly onSlide: (stepId: string, days: number, isFirst: boolean) => void;
  readonly onSettle: () => void;
};

type On = (event: PointerEvent<HTMLButtonElement>) => void;

export type StepDrag = {
  /** What the line shows while a card is on its way: it must not stretch under the pointer. */
  readonly frozen: Range | undefined;
  readonly of: (placed: PlacedStep) => {
    readonly onPointerDown: On;
    readonly onPointerMove: On;
    readonly onPointerUp: On;
    readonly onPointerCancel: On;
  };
};

/** Cards that are moved along the line with the pointer, a day at a time. */
export function useStepDrag({ scale, isOff, onSlide, onSettle }: DragWish): StepDrag {
  const grip = useRef<Grip>(undefined);
  const [frozen, setFrozen] = useState<Range>();
  const letGo = (): void => {
    const wasMoving = grip.current?.isMoving === true;
    grip.current = undefined;
    setFrozen(undefined);
    if (wasMoving) onSettle();
  };
  const move: On = ({ clientX }) => {
    const held = grip.current;
    if (!held) return;
    const gone = clientX - held.fromX;
    if (!held.isMoving && Math.abs(gone) < STARTS_AFTER_PIXELS) return;
    const isFirst = !held.isMoving;
    held.isMoving = true;
    const { step, place } = held.placed;
    const to = held.scale.dayAt(held.scale.x(place) + gone);
    onSlide(step.stepId, step.days + to - place, isFirst);
  };
  return {
    frozen,
    of: (placed) => ({
      onPointerDown: (event) => {
        if (isOff || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { placed, fromX: event.clientX, scale, isMoving: false };
        setFrozen({ from: scale.from, to: scale.to });
      },
      onPointerMove: move,
      onPointerUp: letGo,
      onPointerCancel: letGo,
    }),
  };
}
