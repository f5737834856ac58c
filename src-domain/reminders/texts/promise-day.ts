import { addDays, dayNumber, dayOf, monthEnd, type Day } from '../../days.ts';

const WEEKDAYS: readonly RegExp[] = [
  /\bsun(?:day)?\b|ravivar|रविवार|इतवार/iu,
  /\bmon(?:day)?\b|somvar|सोमवार/iu,
  /\btue(?:s|sday)?\b|mangalvar|मंगलवार/iu,
  /\bwed(?:nesday)?\b|budhvar|बुधवार/iu,
  /\bthu(?:rs|rsday)?\b|guruvar|गुरुवार|बृहस्पतिवार/iu,
  /\bfri(?:day)?\b|shukravar|शुक्रवार/iu,
  /\bsat(?:urday)?\b|shanivar|शनिवार/iu,
];
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS_MOST = 180;

/** The day a customer names, on or after `today`; null where none is understood. A hint: a person confirms it. */
export function promisedDay(text: string, today: Day): Day | null {
  const day =
    relativeDay(text, today) ?? namedDay(text, today) ?? weekday(text, today) ?? dayOfMonth(text, today);
  if (day === null || day < today || day > addDays(today, DAYS_MOST)) return null;
  return day;
}

function relativeDay(text: string, today: Day): Day | null {
  if (/\bday after tomorrow\b|\bparson?\b|परसों/iu.test(text)) return addDays(today, 2);
  if (
    /\btomorrow\b|\btmrw\b|\bkal\b|(?<![\p{L}\p{M}])कल(?![\p{L}\p{M}])|કાલે|उद्या|நாளை|రేపు|ನಾಳೆ|আগামীকাল/iu.test(
      text,
    )
  )
    return addDays(today, 1);
  if (/\bmonth ?end\b|\bend of (?:the |this )?month\b|mahine ke (?:end|ant)|महीने के अंत/iu.test(text))
    return monthEnd(today);
  const count = /(?:in|within|after)?\s*(\d{1,3})\s*(?:days?|din|दिन)/iu.exec(text);
  if (count !== null) return addDays(today, Number(count[1]));
  if (/\bnext week\b|agle (?:hafte|week)|अगले (?:हफ़्ते|हफ्ते|सप्ताह)/iu.test(text)) return addDays(today, 7);
  if (/\btoday\b|\baaj\b|आज/iu.test(text)) return today;
  return null;
}

/** 05-12-2026, 5/12, 5 Dec, Dec 5. */
function namedDay(text: string, today: Day): Day | null {
  const figures = /(?<!\d)(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?(?!\d)/u.exec(text);
  if (figures !== null) return inYear(Number(figures[1]), Number(figures[2]), figures[3], today);
  const name = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
  const dayFirst = new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?\\s*(?:of\\s*)?${name}`, 'iu').exec(text);
  if (dayFirst !== null) return inYear(Number(dayFirst[1]), monthOf(dayFirst[2]), undefined, today);
  const monthFirst = new RegExp(`\\b${name}\\s*(\\d{1,2})(?!\\d)`, 'iu').exec(text);
  return monthFirst === null ? null : inYear(Number(monthFirst[2]), monthOf(monthFirst[1]), undefined, today);
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').toLowerCase()) + 1;
}

function inYear(dayOfMonth: number, month: number, year: string | undefined, today: Day): Day | null {
  const ownYear = Number(today.slice(0, 4));
  if (year !== undefined)
    return dayOf(year.length === 2 ? 2000 + Number(year) : Number(year), month, dayOfMonth) ?? null;
  const day = dayOf(ownYear, month, dayOfMonth);
  if (day !== undefined && day >= today) return day;
  return dayOf(ownYear + 1, month, dayOfMonth) ?? null;
}

function weekday(text: string, today: Day): Day | null {
  const wanted = WEEKDAYS.findIndex((name) => name.test(text));
  if (wanted === -1) return null;
  // 1970-01-01 was a Thursday.
  const ahead = (wanted - ((dayNumber(today) + 4) % 7) + 7) % 7;
  return addDays(today, ahead === 0 ? 7 : ahead);
}

/** "on 5", "5th", "5 tarikh": of this month, or of the next when it has gone by. */
function dayOfMonth(text: string, today: Day): Day | null {
  const match =
    /(?<!\d)(\d{1,2})(?:st|nd|rd|th)\b|\b(?:on|by|till)\s+(\d{1,2})\b(?![\d,.]|\s*(?:k|lakh|rs))|(?<!\d)(\d{1,2})\s*(?:tarikh|tareekh|तारीख)/iu.exec(
      text,
    );
  if (match === null) return null;
  const wanted = Number(match[1] ?? match[2] ?? match[3]);
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const day = dayOf(year, month, wanted);
  if (day !== undefined && day >= today) return day;
  return dayOf(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, wanted) ?? null;
}
