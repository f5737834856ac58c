import { boundsField, type AgingWish } from '#contract/engine/aging.ts';
import { ageBys, creditViews, groupBys, type GroupBy } from '#contract/engine/aging-words.ts';
import { isDay } from '#domain/days.ts';
import type { Options } from './command.ts';
import { usage, type Ending } from './ending.ts';

export type AgingAsked = { readonly wish: AgingWish; readonly groupBy: GroupBy | undefined };

const GRACE_DAYS_MOST = 365;

/** The options of `baaki aging` as the call takes them. What is left out is as the settings of the book say. */
export function readAgingWish(options: Options): AgingAsked | Ending {
  const { by, credits, bounds, grace, 'as-of': asOf, 'group-by': groupBy } = options;
  if (asOf !== undefined && !isDay(asOf)) return usage(`--as-of “${asOf}” is not a day like 2026-04-01.`);
  if (by !== undefined && !isOneOf(ageBys, by)) return noneOf('by', by, ageBys);
  if (credits !== undefined && !isOneOf(creditViews, credits)) return noneOf('credits', credits, creditViews);
  if (groupBy !== undefined && !isOneOf(groupBys, groupBy)) return noneOf('group-by', groupBy, groupBys);
  if (grace !== undefined && !(/^\d{1,3}$/.test(grace) && Number(grace) <= GRACE_DAYS_MOST)) {
    return usage(`--grace “${grace}” is not a number of days from 0 to ${GRACE_DAYS_MOST}.`);
  }
  const days = bounds === undefined ? undefined : readBounds(bounds);
  if (days === null) {
    return usage(
      `--bounds “${bounds}” are not days like 0,30,60,90,120: from 0 on, each larger than the one before.`,
    );
  }
  return {
    groupBy,
    wish: {
      ...(asOf !== undefined && { asOf }),
      ...(by !== undefined && { by }),
      ...(days !== undefined && { bounds: days }),
      ...(grace !== undefined && { graceDays: Number(grace) }),
      ...(credits !== undefined && { credits }),
    },
  };
}

function readBounds(text: string): number[] | null {
  const parts = text.split(',').map((part) => part.trim());
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) return null;
  const read = boundsField.safeParse(parts.map(Number));
  return read.success ? read.data : null;
}

function isOneOf<Word extends string>(words: readonly Word[], text: string): text is Word {
  return words.some((word) => word === text);
}

function noneOf(option: string, text: string, words: readonly string[]): Ending {
  return usage(`--${option} “${text}” is not one of: ${words.join(', ')}.`);
}
