import { useEffect, useRef, type RefObject } from 'react';

/** The keyboard stands at once on what comes next: a step of the wizard starts where the hand goes on. */
export function useFocusOnArrival<T extends HTMLElement = HTMLButtonElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => ref.current?.focus({ preventScroll: true }), []);
  return ref;
}
