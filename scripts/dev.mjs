// npm run dev: electron-vite's dev server with whichever Electron this machine can have.
import { projectNode, stayWith, toolEnv, toolScript } from './project-node.mjs';
import { setup } from './setup.mjs';

try {
  const runtime = setup({ electron: true });
  const env = toolEnv({
    BAAKI_NODE: projectNode(),
    ELECTRON_EXEC_PATH: runtime.path,
    ELECTRON_MAJOR_VER: runtime.version.split('.')[0],
    ...(process.getuid?.() === 0 && { NO_SANDBOX: '1' }),
  });
  const { drawingArguments } = await import('./electron-runtime.mjs');
  const forElectron = drawingArguments(runtime.source);
  const args = [...process.argv.slice(2), ...(forElectron.length > 0 ? ['--', ...forElectron] : [])];
  stayWith(projectNode(), [toolScript('electron-vite'), 'dev', ...args], env);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
