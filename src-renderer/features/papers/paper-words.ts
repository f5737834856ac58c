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
