import { saveKinds, type SaveKind } from '#contract/shell.ts';

/** What the save dialog calls a file of this name; undefined where it knows no such kind. */
export function saveKindOf(fileName: string): SaveKind | undefined {
  const end = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return saveKinds.find((kind) => kind === end);
}

const KILO = 1000;

/** Bytes as a file manager says them: '840 B', '52 kB', '3 MB'. */
export function sizeWords(byteCount: number): string {
  if (byteCount < KILO) return `${byteCount} B`;
  if (byteCount < KILO * KILO) return `${Math.round(byteCount / KILO)} kB`;
  return `${Math.round(byteCount / (KILO * KILO))} MB`;
}
