import type { JSX } from 'react';

/** A key or chord as it stands on the keyboard: 'Ctrl+K'. */
export function Shortcut({ keys }: { readonly keys: string }): JSX.Element {
  return <kbd className="shortcut">{keys}</kbd>;
}
