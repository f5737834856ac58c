import { bundleSources } from '../builders/bundle.ts';

const ENTRIES = {
  'open-engine': 'src-engine/open-engine.ts',
  process: 'src-engine/adapters/reading/process.ts',
} as const;

/** A part of the engine with its reading process. */
export function bundle(outDir: string, entry: keyof typeof ENTRIES): Promise<void> {
  return bundleSources(outDir, { [entry]: ENTRIES[entry], reader: 'src-engine/reader.ts' });
}
