import { spawn } from 'node:child_process';
import { resolveElectron } from '../../scripts/electron-runtime.mjs';

const SCREEN = '1920x1080x24';
const DISPLAY_PIPE = 3;

async function startDisplay(): Promise<() => void> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', String(DISPLAY_PIPE), '-screen', '0', SCREEN, '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const pipe = server.stdio[DISPLAY_PIPE];
  const display = await new Promise<string>((resolve, reject) => {
    server.once('error', () => reject(new Error('There is no display and no Xvfb: run npm run setup.')));
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}.`)));
    pipe?.once('data', (said: Buffer) => resolve(said.toString().trim()));
  });
  process.env['DISPLAY'] = `:${display}`;
  return () => void server.kill();
}

/** Makes sure that there is an Electron and a display; gives what undoes it. Playwright takes a default export only. */
// oxlint-disable-next-line import/no-default-export
export default async function prepare(): Promise<(() => void) | undefined> {
  const packaged = process.env['E2E_APP'];
  if (packaged) console.log(`packaged app ${packaged}`);
  else {
    const runtime = await resolveElectron();
    process.env['E2E_ELECTRON'] = runtime.path;
    console.log(`Electron ${runtime.version} (${runtime.source})`);
  }
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return hasDisplay ? undefined : startDisplay();
}
