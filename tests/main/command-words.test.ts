import { commandLineWords } from '#main/command-words.ts';
import { expect, it } from 'vitest';

it.each([
  [['Baaki.exe'], null],
  [['Baaki.exe', '--no-sandbox'], null],
  [['Baaki.exe', 'cli'], []],
  [
    ['baaki', '--no-sandbox', 'cli', 'aging', '--format', 'csv'],
    ['aging', '--format', 'csv'],
  ],
  [['Baaki.exe', 'bills.xlsx', 'cli'], null],
])('takes of %j the words %j', (argv, words) => {
  expect(commandLineWords(argv)).toEqual(words);
});
