const WORD = 'cli';

/** What follows the word `cli`, when that is the first word which is no switch; else null: the window is wanted. */
export function commandLineWords(argv: readonly string[]): readonly string[] | null {
  const given = argv.slice(1);
  const first = given.findIndex((word) => !word.startsWith('-'));
  return first >= 0 && given[first] === WORD ? given.slice(first + 1) : null;
}
