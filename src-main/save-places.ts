// Where the window may have something written: only at places that the user named in the native dialog.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { saveKinds, type SaveKind, type SaveOutcome, type SaveWish } from '#contract/shell.ts';

const NAME_LETTERS_MOST = 80;
/** Names that Windows keeps for devices, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Marks that turn the direction of writing, with which a name can hide its end. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** Letters as a reader counts them: a sign of Devanagari stays with its letter. */
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

const isKind = (value: unknown): value is SaveKind => saveKinds.some((kind) => kind === value);

/** Whether what came from the window is a wish for a place. */
export function isSaveWish(value: unknown): value is SaveWish {
  if (typeof value !== 'object' || value === null) return false;
  return 'name' in value && typeof value.name === 'string' && 'kind' in value && isKind(value.kind);
}

/** "Aging: 22/11/2026" → 'Aging 22-11-2026.xlsx': a name that every system takes, with the extension of its kind. */
export function safeFileName({ name, kind }: SaveWish): string {
  const plain = withoutExtension(name, kind)
    .replaceAll(TURNING, '')
    .replaceAll(/\s*:\s*|[\p{Cc}\s]+/gu, ' ')
    .replaceAll(/[<>"/\\|?*]/g, '-');
  // Cut between letters, not within one.
  const short = Array.from(letters.segment(plain), ({ segment }) => segment)
    .slice(0, NAME_LETTERS_MOST)
    .join('')
    .replaceAll(/^[\s.]+|[\s.]+$/g, '');
  const known = short === '' || DEVICE.test(short) ? `Baaki ${short}`.trim() : short;
  return `${known}.${kind}`;
}

function withoutExtension(name: string, kind: SaveKind): string {
  return name.toLowerCase().endsWith(`.${kind}`) ? name.slice(0, -kind.length - 1) : name;
}

/**
 * The chosen path with the extension that was promised. The dialog asked about a file of the name as typed only, so a
 * name that gets its extension here never falls on a file that is there already.
 */
export function withExtension(chosen: string, kind: SaveKind): string {
  if (chosen.toLowerCase().endsWith(`.${kind}`)) return chosen;
  let target = `${chosen}.${kind}`;
  for (let count = 2; existsSync(target); count += 1) target = `${chosen} (${count}).${kind}`;
  return target;
}

/** The places that were named since the app began. */
export type SavePlaces = {
  readonly add: (place: string) => void;
  /** Whether the user named this very place, and for a file of this kind where one is given. */
  readonly has: (place: unknown, kind?: SaveKind) => place is string;
};

export function savePlaces(): SavePlaces {
  const places = new Set<string>();
  return {
    add: (place) => void places.add(place),
    has: (place, kind): place is string =>
      typeof place === 'string' &&
      places.has(place) &&
      (kind === undefined || path.extname(place).toLowerCase() === `.${kind}`),
  };
}

/** Writes a file whole or not at all, through one beside it. */
export async function saveWhole(place: string, bytes: Uint8Array): Promise<SaveOutcome> {
  const partial = `${place}.partial-${randomUUID().slice(0, 8)}`;
  try {
    const file = await open(partial, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, place);
    return 'saved';
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    return outcomeOf(error);
  }
}

function outcomeOf(error: unknown): SaveOutcome {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'folder-gone';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'disk-full';
    case 'EBUSY':
    case 'EPERM':
    case 'EACCES':
      // Windows says so when the file that is to be replaced is open in a reader.
      return 'syscall' in error && error.syscall === 'rename' ? 'file-open' : 'not-written';
    default:
      return 'not-written';
  }
}
