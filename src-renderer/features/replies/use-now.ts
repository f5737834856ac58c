import { useEffect, useState } from 'react';

const TICK_MS = 15_000;

/** The instant it is by this computer, UTC milliseconds, kept current while it is looked at. */
export function useNow(): number {
  const [now, setNow] = useState(instant);
  useEffect(() => {
    const timer = setInterval(() => setNow(instant()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function instant(): number {
  return Math.round(performance.timeOrigin + performance.now());
}
