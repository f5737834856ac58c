// npm run registry: the shared registry on this machine, with a PostgreSQL of its own unless DATABASE_URL names another.
import path from 'node:path';
import { setup } from './setup.mjs';
import { isMain, projectNode, repo, stayWith, toolEnv } from './project-node.mjs';

if (isMain(import.meta.filename)) {
  setup();
  stayWith(projectNode(), [path.join(repo, 'src-registry/server.ts'), ...process.argv.slice(2)], toolEnv());
}
