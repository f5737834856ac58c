/** Whether somebody typed the word that was asked for: how it is written large or small does not matter. */
export function isSameWord(typed: string, word: string): boolean {
  const plain = (text: string): string => text.normalize('NFC').trim().toLocaleLowerCase();
  return plain(typed) === plain(word) && plain(word) !== '';
}
