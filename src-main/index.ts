// The app's first process: it wires the window, the engine and the system together, and knows no business.
import { app, BrowserWindow, clipboard, dialog, nativeTheme } from 'electron';
import { runCommandLine } from './command-line.ts';
import { commandLineWords } from './command-words.ts';
import { diagnosticsText } from './diagnostics.ts';
import { makeEngineHost, type EngineHost } from './engine-host.ts';
import { logCode, logEvent, logFrames, startLogs } from './logs.ts';
import { openMemory } from './memory.ts';
import { setMenu } from './menu.ts';
import { wordsFor } from './menu-words.ts';
import { makeRelay } from './relay.ts';
import { lockDown } from './security.ts';
import { registerScheme, serveApp } from './serve.ts';
import { answerShellCalls, tellWindows, type ShellParts } from './shell-calls.ts';
import { surroundings, type Surroundings } from './surroundings.ts';
import { startUpdater, type Updater } from './updater.ts';
import { withVaultKey } from './vault-key.ts';
import { watchWaking } from './waking.ts';
import { openWindow, showWindow } from './window.ts';

/** A page that does not load must not keep the engine from starting. */
const ENGINE_LATEST_MS = 1_000;

/** Tests of the packaged app hold back the window until they are attached; nobody else sets this. */
function testGate(): Promise<void> {
  if (!process.env['BAAKI_E2E_GATE']) return Promise.resolve();
  return new Promise((resolve) => Object.assign(globalThis, { __playwright_run: resolve }));
}

/** A fault of ours in main: nothing is trusted after it, so the app says so and ends. */
function endOnBug(error: unknown): void {
  logEvent('bug', { at: logFrames(error) });
  dialog.showErrorBox('Baaki', 'Baaki met a fault of its own and has to close. Your data is safe.');
  app.exit(1);
}

/** The engine closes its files before the app ends; it gets a few seconds, not for ever. */
function stopEngineBeforeQuit(engine: EngineHost): () => Promise<void> {
  let hasStopped = false;
  const stop = async (): Promise<void> => {
    await engine.stop();
    hasStopped = true;
  };
  app.on('will-quit', (event) => {
    if (hasStopped) return;
    event.preventDefault();
    logEvent('app-quitting');
    // Not in this very turn: Electron still counts itself as quitting and would not hear it.
    void stop().then(() => setImmediate(() => app.quit()));
  });
  return stop;
}

async function copyDiagnostics(around: Surroundings, engine: EngineHost, updater: Updater): Promise<void> {
  const text = diagnosticsText({
    version: app.getVersion(),
    locale: app.getLocale(),
    isPackaged: app.isPackaged,
    engineKind: around.engineKind,
    engine: engine.state(),
    update: updater.state(),
    dataFolder: around.dataFolder,
    logsFolder: around.logsFolder,
  });
  await clipboard.writeText(text);
}

function makeEngine(around: Surroundings): { engine: EngineHost; relay: ReturnType<typeof makeRelay> } {
  const relay = makeRelay(
    (message) => engine.post(message),
    () => engine.state().state !== 'failed',
  );
  const start = withVaultKey(around.startEngine, around.dataFolder);
  const engine: EngineHost = makeEngineHost(start, around.engineProgram, {
    onState: (state) => tellWindows('onEngineState', state),
    onData: relay.deliver,
    onGone: relay.closeAll,
  });
  return { engine, relay };
}

type Parts = {
  readonly around: Surroundings;
  readonly engine: EngineHost;
  readonly updater: Updater;
  readonly stopEngine: () => Promise<void>;
  readonly looksForUpdates: () => boolean;
  readonly notifies: () => boolean;
};

/** What the window asks of main, answered by the parts that know. */
function answersFrom(parts: Parts, diagnose: () => Promise<void>): ShellParts['answers'] {
  const { around, engine, updater, stopEngine, looksForUpdates, notifies } = parts;
  return {
    appInfo: () =>
      Promise.resolve({
        version: app.getVersion(),
        platform: process.platform,
        electron: process.versions.electron,
        dataFolder: around.dataFolder,
        engineKind: around.engineKind,
      }),
    copyDiagnostics: diagnose,
    engineState: () => Promise.resolve(engine.state()),
    restartEngine: () => Promise.resolve(engine.restart()),
    updateState: () => Promise.resolve(updater.state()),
    looksForUpdates: () => Promise.resolve(looksForUpdates()),
    notifies: () => Promise.resolve(notifies()),
    checkForUpdate: () => updater.check(true),
    restartToUpdate: async () => {
      if (updater.state().state !== 'ready') return;
      await stopEngine();
      updater.install();
    },
  };
}

/** The window paints its outline first; the engine starts while the page's scripts are read, not before. */
function startBeside(window: BrowserWindow, engine: EngineHost): void {
  const late = setTimeout(engine.start, ENGINE_LATEST_MS);
  window.webContents.once('dom-ready', () => {
    clearTimeout(late);
    engine.start();
  });
}

function openApp(around: Surroundings, { engine, relay }: ReturnType<typeof makeEngine>): void {
  const memory = openMemory(around.dataFolder);
  const words = wordsFor(app.getLocale());
  nativeTheme.themeSource = memory.get().theme;
  const stopEngine = stopEngineBeforeQuit(engine);
  const looksForUpdates = (): boolean => memory.get().looksForUpdates;
  const updater = startUpdater((state) => tellWindows('onUpdateState', state), looksForUpdates);
  const diagnose = (): Promise<void> => copyDiagnostics(around, engine, updater);
  const notifies = (): boolean => memory.get().notifies;
  const answers = answersFrom({ around, engine, updater, stopEngine, looksForUpdates, notifies }, diagnose);
  const onLookForUpdates = (isOn: boolean): void => {
    if (isOn) void updater.check(false);
  };
  serveApp(around.pagesFolder);
  lockDown(around.origin);
  answerShellCalls({ origin: around.origin, words, memory, relay, onLookForUpdates, answers });
  setMenu(words, {
    command: (command) => tellWindows('onCommand', command),
    copyDiagnostics: () => void diagnose(),
    checkForUpdate: () => void updater.check(true),
  });
  startBeside(openWindow(around, memory), engine);
  watchWaking(() => engine.post({ type: 'hurry' }));
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(around, memory);
  });
}

function run(): void {
  const gate = testGate();
  const around = surroundings();
  startLogs(around.logsFolder);
  logEvent('app-started', { version: logCode(app.getVersion()), system: logCode(process.platform) });
  process.on('uncaughtException', endOnBug);
  process.on('unhandledRejection', endOnBug);
  app.on('second-instance', () => {
    logEvent('second-instance');
    const [window] = BrowserWindow.getAllWindows();
    if (window) showWindow(window);
  });
  app.on('window-all-closed', () => app.quit());
  // No await at the top of an ES module: the app would never become ready.
  void app.whenReady().then(async () => {
    await gate;
    openApp(around, makeEngine(around));
  });
}

const dataFolder = process.env['BAAKI_DATA'];
if (dataFolder) app.setPath('userData', dataFolder);
registerScheme();
// As root Chromium needs --no-sandbox, and enableSandbox() would override it: every child would then die.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
const words = app.isPackaged ? commandLineWords(process.argv) : null;
if (words) {
  // Beside an open window, as any other process: SQLite keeps the two apart.
  void app.whenReady().then(async () => app.exit(await runCommandLine(words, surroundings())));
} else if (app.requestSingleInstanceLock()) run();
else app.exit(0);
