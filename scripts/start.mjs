// npm start: makes the clone ready, builds when needed and opens the app. Where there is no display it does the
// app's main job in the terminal instead: import the sample workbook and show who owes what, and how late.
import { buildIfStale } from './build.mjs';
import { projectNode, runNode, stayWith, toolEnv } from './project-node.mjs';
import { setup } from './setup.mjs';

const SAMPLE = 'resources/samples/sample-ledger.xlsx';
const BOOK = 'sample';

const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

function runInTerminal() {
  console.log(
    'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open: ' +
      'here is the same job in the terminal.\n',
  );
  const jobs = [
    ['import', SAMPLE, '--book', BOOK, '--yes'],
    ['aging', '--book', BOOK],
  ];
  for (const job of jobs) {
    console.log(`$ baaki ${job.join(' ')}`);
    const code = runNode(['out/main/cli.js', ...job]);
    if (code !== 0) process.exit(code);
    console.log('');
  }
}

async function openWindow(runtime, extra) {
  const { drawingArguments, sandboxArguments } = await import('./electron-runtime.mjs');
  const own = [...sandboxArguments(), ...drawingArguments(runtime.source)];
  stayWith(runtime.path, [...own, '.', ...extra], toolEnv({ BAAKI_NODE: projectNode() }));
}

try {
  const runtime = setup({ system: hasDisplay, electron: hasDisplay });
  buildIfStale();
  if (hasDisplay) await openWindow(runtime, process.argv.slice(2));
  else runInTerminal();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
