import { ok, refuse, type Result } from '../result.ts';

export type PaperPlace = {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Whether it lies in the folder where the books themselves are kept. */
  readonly isAmongBooks: boolean;
};

/** Refuses 'export-path', 'export-extension' and 'export-among-books', as for any table that is written. */
export function checkPaperPlace({ path, kind, isAmongBooks }: PaperPlace): Result<null> {
  if (!/^(?:\/|\\\\|[a-z]:[\\/])/iu.test(path) || path.includes('\0')) {
    const shown = path.replaceAll('\0', '');
    const sentence = `“${shown}” is not the full path of a ${kind}. Choose the place again.`;
    return refuse('export-path', sentence, {
      field: kind === 'file' ? 'path' : 'folder',
      values: { path: shown },
    });
  }
  const name = path.replace(/^.*[\\/]/u, '');
  if (kind === 'file' && !/[^.]\.pdf$/iu.test(name)) {
    const sentence = `The name of this file must end in .pdf, and “${name}” does not. Choose another name.`;
    return refuse('export-extension', sentence, { field: 'path', values: { name, extension: 'pdf' } });
  }
  if (isAmongBooks) {
    const sentence = 'This folder holds the books of Baaki themselves. Choose another folder for the file.';
    return refuse('export-among-books', sentence, { field: kind === 'file' ? 'path' : 'folder' });
  }
  return ok(null);
}
