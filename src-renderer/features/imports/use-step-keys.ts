import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';

type StepKeys = {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
};

type StepKeysWish = {
  /** Changes with the step: the new step takes the keyboard. */
  readonly step: string;
  readonly onNext: (() => void) | null;
  readonly onBack: (() => void) | null;
};

/** Enter goes on and Esc one step back, except where the key belongs to what is focused. */
export function useStepKeys({ step, onNext, onBack }: StepKeysWish): StepKeys {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Focusing lays the whole new step out: in the frame that does so anyway, not on top of drawing it.
    const frame = requestAnimationFrame(() => ref.current?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, [step]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const act = event.key === 'Enter' ? onNext : event.key === 'Escape' ? onBack : null;
    if (act === null || event.defaultPrevented || hasModifier(event) || isOwnKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return { ref, onKeyDown };
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
}

/** Keys of a drawer or list opened above the step, of an open list, and Enter on what is pressed with Enter. */
function isOwnKey(event: KeyboardEvent<HTMLElement>): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement) || !event.currentTarget.contains(target)) return true;
  if (target.getAttribute('aria-expanded') === 'true') return true;
  return event.key === 'Enter' && target.closest('button, a, [role="button"], textarea') !== null;
}
