// npm test: makes the clone ready, then runs every check there is.
import { setup } from './setup.mjs';

try {
  setup({ system: true, electron: true, peers: true });
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
// Only now: the checks look their tools up in node_modules, which a fresh clone does not have before.
const { runChecks } = await import('./ready.mjs');
process.exit(await runChecks());
