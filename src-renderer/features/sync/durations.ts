import { useTranslation } from 'react-i18next';

const SECOND = 1000;
const TENTH = 100;
const SECONDS_A_MINUTE = 60;
const MINUTES_AN_HOUR = 60;
/** Below this, tenths of a second tell something. */
const TENTHS_BELOW = 10 * SECOND;

type DurationWords = {
  /** '0.4 s', '42 s', '3 min 5 s', '1 h 20 min', of milliseconds that have passed. */
  readonly sayDuration: (milliseconds: number) => string;
  /** The same of seconds that are guessed: no tenths. */
  readonly sayRoughly: (seconds: number) => string;
};

/** How long something took or will take, in words. */
export function useDurationWords(): DurationWords {
  const { t } = useTranslation('sync');
  const sayRoughly = (seconds: number): string => {
    if (seconds < SECONDS_A_MINUTE) return t('duration.seconds', { seconds });
    const minutes = Math.floor(seconds / SECONDS_A_MINUTE);
    if (minutes < MINUTES_AN_HOUR)
      return t('duration.minutes', { minutes, seconds: seconds % SECONDS_A_MINUTE });
    return t('duration.hours', {
      hours: Math.floor(minutes / MINUTES_AN_HOUR),
      minutes: minutes % MINUTES_AN_HOUR,
    });
  };
  const sayDuration = (milliseconds: number): string => {
    if (milliseconds >= TENTHS_BELOW) return sayRoughly(Math.round(milliseconds / SECOND));
    const tenths = Math.round(milliseconds / TENTH);
    return t('duration.seconds', { seconds: `${Math.floor(tenths / 10)}.${tenths % 10}` });
  };
  return { sayDuration, sayRoughly };
}

/** 0 to 100; 0 where the whole is not known. */
export function percentOf(done: number, of: number | null): number {
  if (of === null || of <= 0) return 0;
  return Math.min(100, Math.floor((done * 100) / of));
}
