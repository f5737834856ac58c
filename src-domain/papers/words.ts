import type { MessageLanguage } from '../reminders/languages.ts';
import { bn } from './words/bn.ts';
import { en } from './words/en.ts';
import { gu } from './words/gu.ts';
import { hi } from './words/hi.ts';
import { kn } from './words/kn.ts';
import { mr } from './words/mr.ts';
import { ta } from './words/ta.ts';
import { te } from './words/te.ts';
import type { PaperWords } from './words/wording.ts';

const paperWords: Readonly<Record<MessageLanguage, PaperWords>> = { en, hi, gu, mr, ta, te, kn, bn };

export function wordsOf(language: MessageLanguage): PaperWords {
  return paperWords[language];
}
