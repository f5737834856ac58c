import { useLocalStorage } from '@mantine/hooks';
import { useCallback } from 'react';

/** Whether the rail shows icons only; remembered by this machine. */
export function useCollapsed(): readonly [boolean, () => void] {
  const [isCollapsed, setCollapsed] = useLocalStorage({
    key: 'baaki.rail-collapsed',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const toggle = useCallback(() => setCollapsed((was) => !was), [setCollapsed]);
  return [isCollapsed, toggle];
}
