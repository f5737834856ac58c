// npm run registry: the shared registry on this machine, with a PostgreSQL of its own unless DATABASE_URL names another.
import path from 'node:path';
import { setup } from './setup.mjs';
import { isMain, projectNode, repo, stayWith, toolEnv } from './project-node.mjs';

/**
 * What an answer leaves behind is thrown away while it is young: with the 16 MB of the default some of it would grow old first,
 * and a tenth of the time went into collecting it.
 */
export const serverFlags = ['--max-semi-space-size=64'];

if (isMain(import.meta.filename)) {
  setup();
  const server = path.join(repo, 'src-registry/server.ts');
  stayWith(projectNode(), [...serverFlags, server, ...process.argv.slice(2)], toolEnv());
}
