/**
 * What closes a drawer by Esc, for its `onClose`. Each open dialog hears the key for itself: the one below must leave it to
 * the one above, so that Esc goes one step back.
 */
export function oneStepBack(onClose: () => void): () => void {
  return () => {
    if (document.querySelector('.mantine-Modal-content') === null) onClose();
  };
}
