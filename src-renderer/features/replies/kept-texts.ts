/** Answers that were begun, by conversation; gone when the window is closed. */
const texts = new Map<string, string>();

export function keptText(threadKey: string): string {
  return texts.get(threadKey) ?? '';
}

export function keepText(threadKey: string, text: string): void {
  if (text === '') texts.delete(threadKey);
  else texts.set(threadKey, text);
}
