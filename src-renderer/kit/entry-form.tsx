import {
  useEffect,
  useRef,
  type FormEvent,
  type JSX,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import './form-parts.css';

type EntryFormProps = {
  readonly className?: string;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** A form that is no dialog is left by Esc too. */
  readonly onEscape?: () => void;
  readonly children: ReactNode;
};

/** A form that takes the keyboard when it comes, and that Ctrl+Enter saves from any field. */
export function EntryForm({ className, onSubmit, onEscape, children }: EntryFormProps): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  useGivesBack(form);
  useEffect(() => {
    // A dialog looks for its first field when it opens; what it shows may come later, from the engine.
    if (form.current?.contains(document.activeElement)) return;
    const first =
      form.current?.querySelector<HTMLElement>('[data-autofocus]') ??
      form.current?.querySelector<HTMLElement>('input:not(:disabled)');
    first?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key === 'Enter' && event.ctrlKey) event.currentTarget.requestSubmit();
    else if (event.key === 'Escape' && onEscape) onEscape();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // The keys are a shorter way to the form's own buttons.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form ref={form} className={className} onSubmit={onSubmit} onKeyDown={onKeyDown} noValidate>
      {children}
    </form>
  );
}

/** A dialog that goes gives the keyboard back to what opened it: one that is there only while it is open does not by itself. */
function useGivesBack(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const opener = document.activeElement;
    if (form.current?.closest('[role="dialog"]') === null || !(opener instanceof HTMLElement)) return;
    return () => {
      if (opener.isConnected && document.activeElement === document.body)
        opener.focus({ preventScroll: true });
    };
  }, [form]);
}
