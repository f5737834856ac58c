import { useEffect, useState, type JSX, type ReactNode } from 'react';

const SKELETON_AFTER_MILLISECONDS = 150;

/** Shows its children only when the wait is long enough to be noticed: what comes at once must not flash. */
export function Delayed({ children }: { readonly children: ReactNode }): JSX.Element | null {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), SKELETON_AFTER_MILLISECONDS);
    return () => clearTimeout(timer);
  }, []);
  return isDue ? <>{children}</> : null;
}
