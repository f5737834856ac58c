import { instant, machineTime } from './clock.ts';

type Facts = Readonly<Record<string, number | boolean | string | null>>;

/** One line of JSON for an event. Words in it are closed lists of ours: no identifier, name, body or amount. */
export function logLine(event: string, facts: Facts = {}): void {
  process.stdout.write(`${JSON.stringify({ at: instant(machineTime()), event, ...facts })}\n`);
}

/**
 * What of an error may be written down: what kind it is and where it happened. Its message may quote what somebody sent, and
 * so may what a database adds to it.
 */
export function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { kind: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error ? String(error.code).slice(0, 40) : null;
  return {
    kind: error.name,
    code,
    where: frames
      .slice(0, 8)
      .map((line) => line.trim())
      .join(' | '),
  };
}
