import { readdirSync, readFileSync } from 'node:fs';

// What processes used, from Linux's /proc: on a machine that others use, too, CPU seconds tell what a rate does not.

const TICK_MICROS = 10_000;

/** CPU microseconds of a process, its children, and those of them that ended; null where there is no /proc. */
export function familyCpuMicros(pid: number): number | null {
  try {
    const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(name) ?? []) : []));
    const ticks = all.reduce((sum, one) => {
      if (one.pid === pid) return sum + one.own + one.ofEnded;
      return one.parent === pid ? sum + one.own : sum;
    }, 0);
    return ticks * TICK_MICROS;
  } catch {
    return null;
  }
}

type Stat = { readonly pid: number; readonly parent: number; readonly own: number; readonly ofEnded: number };

/** Null where it has ended meanwhile. */
function statOf(name: string): Stat | null {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    // The second field is a name in parentheses, which may hold anything.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, userEnded = 0, systemEnded = 0] = fields.slice(11, 15);
    return {
      pid: Number(name),
      parent: fields[1] ?? 0,
      own: user + system,
      ofEnded: userEnded + systemEnded,
    };
  } catch {
    return null;
  }
}
