import path from 'node:path';
import { build } from 'vite';

const REPO = path.resolve(import.meta.dirname, '../..');

/** Parts of the product bundled as the product is, one file for each entry: sources are first stripped of their types. */
export async function bundleSources(
  outDir: string,
  entries: Readonly<Record<string, string>>,
): Promise<void> {
  const input = Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [name, path.resolve(REPO, file)]),
  );
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
        input,
        external: ['@aws-sdk/client-s3'],
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}
