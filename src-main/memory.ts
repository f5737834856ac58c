// What main remembers between two runs: where the window was, the theme, so that nothing flashes at start, and
// whether the user wants it to look for updates.
import fs from 'node:fs';
import path from 'node:path';

export type Theme = 'light' | 'dark' | 'system';
export type Bounds = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
export type Memory = {
  readonly theme: Theme;
  readonly bounds: Bounds | null;
  readonly isMaximized: boolean;
  /** No call over the network that nobody asked for: off until the user turns it on. */
  readonly looksForUpdates: boolean;
  /** Notes of the system, over other programs: off until the user turns them on. */
  readonly notifies: boolean;
};

const nothing: Memory = {
  theme: 'system',
  bounds: null,
  isMaximized: false,
  looksForUpdates: false,
  notifies: false,
};

export const isTheme = (value: unknown): value is Theme =>
  value === 'light' || value === 'dark' || value === 'system';

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false;
  const sides: Partial<Record<string, unknown>> = { ...value };
  return ['x', 'y', 'width', 'height'].every((side) => Number.isSafeInteger(sides[side]));
}

/** A file that is missing or damaged is as good as none: it holds nothing that cannot be made again. */
function read(file: string): Memory {
  try {
    const found: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (typeof found !== 'object' || found === null) return nothing;
    return {
      theme: 'theme' in found && isTheme(found.theme) ? found.theme : nothing.theme,
      bounds: 'bounds' in found && isBounds(found.bounds) ? found.bounds : null,
      isMaximized: 'isMaximized' in found && found.isMaximized === true,
      looksForUpdates: 'looksForUpdates' in found && found.looksForUpdates === true,
      notifies: 'notifies' in found && found.notifies === true,
    };
  } catch {
    return nothing;
  }
}

export type MemoryBook = {
  readonly get: () => Memory;
  readonly keep: (change: Partial<Memory>) => void;
};

export function openMemory(folder: string): MemoryBook {
  const file = path.join(folder, 'window.json');
  let memory = read(file);
  return {
    get: () => memory,
    keep: (change) => {
      memory = { ...memory, ...change };
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(file, JSON.stringify(memory));
    },
  };
}
