import { useEffect, useRef, type RefObject } from 'react';

/** The keyboard stands on the chosen company once companies are found, unless somebody is typing meanwhile. */
export function useFocusFirstRadio(): RefObject<HTMLFieldSetElement | null> {
  const ref = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const isTyping = document.activeElement instanceof HTMLInputElement;
    if (!isTyping || document.activeElement?.closest('.address') !== null)
      ref.current?.querySelector<HTMLInputElement>('input:checked')?.focus({ preventScroll: true });
  }, []);
  return ref;
}
