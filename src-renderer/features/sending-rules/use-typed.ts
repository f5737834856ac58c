import { useState } from 'react';

/**
 * What is typed into a field whose value is saved elsewhere. A value that comes back changed, from an undo or a limit,
 * takes the place of what was typed; the field keeps the keyboard.
 */
export function useTyped<T extends string | number>(saved: T): readonly [T, (typed: T) => void] {
  const [state, setState] = useState({ saved, typed: saved });
  if (state.saved !== saved) setState({ saved, typed: saved });
  return [state.saved === saved ? state.typed : saved, (typed) => setState({ saved, typed })];
}
