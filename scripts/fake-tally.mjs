// npm run fake-tally: a Tally to try Baaki with, on port 9000. Options behind --, e.g. --port 9100 --profile erp9 --edu.
import path from 'node:path';
import { isMain, repo, runNode } from './project-node.mjs';

if (isMain(import.meta.filename)) {
  process.exitCode = runNode([path.join(repo, 'tests/fakes/tally/serve.ts'), ...process.argv.slice(2)]);
}
