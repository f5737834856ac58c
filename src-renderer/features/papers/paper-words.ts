import type { LetterKind } from '#domain/reminders/words.ts';

/** Papers that a person asks for, the usual first. */
export const paperKinds = [
  'statement',
  'outstanding',
  'letter-1',
  'letter-2',
  'letter-3',
] as const satisfies readonly LetterKind[];

/** Only these go to many at once: a letter is a grave word, and each is looked at. */
export const manyKinds = ['statement', 'outstanding'] as const satisfies readonly LetterKind[];

/** '/home/a/Statements.pdf' → '/home/a': the dialog names a file, and the papers go beside it. */
export function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  const folder = path.slice(0, end);
  // A drive's own root keeps its stroke, and so does the root of all.
  return folder === '' || /^[A-Za-z]:$/.test(folder) ? path.slice(0, end + 1) : folder;
}
