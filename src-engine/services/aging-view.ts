import type { AgingWish } from '#contract/engine/aging.ts';
import type { Question } from '#domain/aging-columns.ts';
import type { BookContext } from './door.ts';
import { settingsNow } from './settings.ts';

/** A wish about aging, filled up from the book's settings and the company's today. */
export function questionOf({ db, today }: Pick<BookContext, 'db' | 'today'>, wish: AgingWish): Question {
  const settings = settingsNow(db);
  const { asOf = today, by = settings.ageBy, bounds = settings.bounds } = wish;
  const { graceDays = settings.graceDays, credits = settings.credits } = wish;
  return { asOf, today, view: { by, bounds, graceDays, credits } };
}
