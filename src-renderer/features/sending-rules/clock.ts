const MINUTES_AN_HOUR = 60;
const MINUTES_A_DAY = 1440;
const NOON_HOUR = 12;
const LAST_MINUTE = 59;

/** 570 → '09:30'. */
export function clockWords(minute: number): string {
  const hours = Math.trunc(minute / MINUTES_AN_HOUR);
  const rest = minute % MINUTES_AN_HOUR;
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** '9', '9:30', '930', '18.30', '6 pm' → the minute of the day; undefined for what is no time. */
export function readClock(text: string): number | undefined {
  const match = /^(\d{1,2})(?:[:. ]?(\d{2}))?\s*(am|pm)?$/iu.exec(text.trim());
  if (!match) return undefined;
  const [, typedHour = '', typedMinute = '0', half] = match;
  const minute = Number(typedMinute);
  const hour = hourOf(Number(typedHour), half?.toLowerCase());
  if (hour === undefined || minute > LAST_MINUTE) return undefined;
  const at = hour * MINUTES_AN_HOUR + minute;
  return at > MINUTES_A_DAY ? undefined : at;
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour > MINUTES_A_DAY / MINUTES_AN_HOUR ? undefined : hour;
  if (hour < 1 || hour > NOON_HOUR) return undefined;
  return (hour % NOON_HOUR) + (half === 'pm' ? NOON_HOUR : 0);
}
