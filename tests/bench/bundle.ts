import path from 'node:path';
import { build } from 'vite';

const REPO = path.resolve(import.meta.dirname, '../..');
const ENTRIES = {
  'open-engine': 'src-engine/open-engine.ts',
  process: 'src-engine/adapters/reading/process.ts',
} as const;

/** A part of the engine with its reading process, bundled as in the product: sources are first stripped of their types. */
export async function bundle(outDir: string, entry: keyof typeof ENTRIES): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: REPO,
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      outDir,
      ssr: true,
      target: 'node20.18',
      minify: false,
      rolldownOptions: {
        input: { [entry]: path.join(REPO, ENTRIES[entry]), reader: path.join(REPO, 'src-engine/reader.ts') },
        external: ['@aws-sdk/client-s3'],
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}
