import { createSpotlight } from '@mantine/spotlight';

/** Whether the palette is open, and how to open it from anywhere. */
export const [paletteStore, palette] = createSpotlight();

/**
 * Marks the first entry, as the palette does by itself when one types. What comes later, from the engine, takes the
 * mark away with the entries it replaces, and Enter would do nothing.
 */
export function markFirst(): void {
  const { listId, opened } = paletteStore.getState();
  const list = opened && listId !== '' ? document.getElementById(listId) : null;
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  paletteStore.updateState((state) => ({ ...state, selected: 0 }));
}
