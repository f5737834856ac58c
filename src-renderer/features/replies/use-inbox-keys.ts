import type { ReplyMark } from '#domain/reminders/words.ts';
import { useEffect, useRef } from 'react';
import { markOfCode, UNMARK_KEY } from './marks.ts';

type InboxKeys = {
  readonly onMark: (mark: ReplyMark) => void;
  readonly onUnmark: () => void;
  readonly onAnswer: () => void;
};

/** Letters mark, U takes back, Enter answers: from the list and from anywhere that takes no letters itself. */
export function useInboxKeys(keys: InboxKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isElsewhere(event))
        return;
      const mark = markOfCode(event.code);
      const { onMark, onUnmark, onAnswer } = latest.current;
      if (mark !== undefined) onMark(mark);
      else if (event.code === `Key${UNMARK_KEY}`) onUnmark();
      else if (event.key === 'Enter' && isQuiet(event.target)) onAnswer();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** In a field, a menu or a dialog letters are letters. */
function isElsewhere({ target }: KeyboardEvent): boolean {
  const at = target instanceof Element ? target.closest('input, textarea, select, [role=combobox]') : null;
  if (at) return true;
  return [
    ...document.querySelectorAll('[role=dialog], [role=menu], [role=listbox]:not([data-inbox-keys])'),
  ].some((one) => one.checkVisibility());
}

/** Enter presses a button that has the focus; elsewhere it answers. */
function isQuiet(target: EventTarget | null): boolean {
  return !(target instanceof Element && target.closest('button, a') !== null);
}
