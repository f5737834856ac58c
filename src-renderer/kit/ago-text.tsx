import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';

const MINUTE_MILLISECONDS = 60_000;
const MINUTES_AN_HOUR = 60;
const MINUTES_A_DAY = 1440;

/** Minutes from an instant to now, kept current while it is looked at. */
function useMinutesSince(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MILLISECONDS / 2);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - at) / MINUTE_MILLISECONDS));
}

/** Minutes from now to an instant (UTC milliseconds), kept current while it is looked at; below zero once it has passed. */
export function useMinutesUntil(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MILLISECONDS / 2);
    return () => clearInterval(timer);
  }, []);
  return Math.ceil((at - now) / MINUTE_MILLISECONDS);
}

/** 'just now', '4 min ago', '3 h ago', '2 days ago': `at` is UTC milliseconds. */
export function AgoText({ at }: { readonly at: number }): JSX.Element {
  const { t } = useTranslation('kit');
  const minutes = useMinutesSince(at);
  if (minutes < 1) return <>{t('ago.now')}</>;
  if (minutes < MINUTES_AN_HOUR) return <>{t('ago.minutes', { count: minutes })}</>;
  if (minutes < MINUTES_A_DAY) return <>{t('ago.hours', { count: Math.floor(minutes / MINUTES_AN_HOUR) })}</>;
  return <>{t('ago.days', { count: Math.floor(minutes / MINUTES_A_DAY) })}</>;
}
