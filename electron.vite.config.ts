import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (p: string): string => path.resolve(import.meta.dirname, p);

// The oldest Electron this must run on is the test runtime: Electron 33 (Chromium 130, Node 20.18).
const node = 'node20.18';
const chrome = 'chrome130';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: node,
      minify: false,
      sourcemap: true,
      // Only the native library stays outside; everything else is bundled, so nothing is looked up at run time.
      externalizeDeps: { include: ['better-sqlite3'] },
      rolldownOptions: {
        // exceljs carries an unzipper that can read from a cloud store; nothing of ours ever asks it to.
        external: ['@aws-sdk/client-s3'],
        input: {
          index: at('src-main/index.ts'),
          engine: at('src-engine/process.ts'),
          reader: at('src-engine/reader.ts'),
          papers: at('src-engine/adapters/typst/worker.ts'),
          cli: at('src-cli/index.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: node,
      externalizeDeps: false,
      // A sandboxed preload must be CommonJS and one file.
      rolldownOptions: {
        input: { index: at('src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      target: chrome,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
  },
});
