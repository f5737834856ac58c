import { useLayoutEffect, useRef, useSyncExternalStore, type JSX, type RefObject } from 'react';
import './live.css';

/** A value that may change at every frame; undefined while there is none yet. */
export type Live<T> = {
  readonly get: () => T | undefined;
  /** Calls back at every change; returns how to stop. */
  readonly subscribe: (listener: () => void) => () => void;
};

export type LiveCell<T> = Live<T> & { readonly set: (next: T | undefined) => void };

/** A live value that holds what it was last told; being told the same changes nothing. */
export function makeLive<T>(
  isSame: (a: T | undefined, b: T | undefined) => boolean = Object.is,
): LiveCell<T> {
  let value: T | undefined;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (isSame(value, next)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** For what changes seldom: React draws it anew. */
export function useLiveValue<T>(live: Live<T>): T | undefined {
  return useSyncExternalStore(live.subscribe, live.get);
}

/**
 * Writes a live value into an element by hand, at once and at every change. The screen library takes a hundred times as
 * long as the writing itself, and sixty times a second there is no time for it. Whatever `write` writes, it alone
 * writes: the element is rendered without it.
 */
export function useLive<E extends Element, T>(
  live: Live<T>,
  write: (element: E, value: T) => void,
): RefObject<E | null> {
  const ref = useRef<E>(null);
  useLayoutEffect(() => {
    const draw = (): void => {
      const value = live.get();
      if (ref.current && value !== undefined) write(ref.current, value);
    };
    draw();
    return live.subscribe(draw);
  }, [live, write]);
  return ref;
}

type LiveTextProps<T> = {
  readonly live: Live<T>;
  readonly say: (value: T) => string;
  readonly className?: string;
};

/** A text that follows a live value. */
export function LiveText<T>({ live, say, className }: LiveTextProps<T>): JSX.Element {
  const ref = useLive<HTMLSpanElement, T>(live, (element, value) => writeText(element, say(value)));
  return <span ref={ref} className={className} />;
}

/** Changes the text that is there instead of putting another in its place; nothing where it is the same. */
export function writeText(element: Element, text: string): void {
  const { firstChild } = element;
  if (firstChild === null) element.textContent = text;
  else if (firstChild.nodeValue !== text) firstChild.nodeValue = text;
}
