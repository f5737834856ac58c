// Keeps the engine running: starts it, restarts it with back-off when it ends unasked, gives up after three times.
import type { EngineState } from '#contract/shell.ts';
import type { EngineProcess, EngineProgram, FromEngine, StartEngine, ToEngine } from './engine-process.ts';
import { logCode, logEvent } from './logs.ts';

/** The wait before the first, second and third restart within the window below; after that it is left alone. */
const BACK_OFF_MS = [200, 1_000, 3_000] as const;
const CRASH_WINDOW_MS = 60_000;
const STOP_MS = 3_000;

type DataMessage = Exclude<FromEngine, { readonly type: 'ready' }>;

export type EngineHost = {
  /** Starts the engine for the first time; what was posted before is sent once it is ready. */
  readonly start: () => void;
  readonly state: () => EngineState;
  readonly pid: () => number | undefined;
  readonly post: (message: ToEngine) => void;
  readonly restart: () => void;
  /** Asks the engine to close its files and end; kills it when it has not within three seconds. */
  readonly stop: () => Promise<void>;
};

export type EngineHostListeners = {
  readonly onState: (state: EngineState) => void;
  readonly onData: (message: DataMessage) => void;
  /** The process is gone: whatever was under way will never be answered. */
  readonly onGone: () => void;
};

/** The moving parts of one host. */
type Host = {
  readonly launch: () => void;
  readonly listeners: EngineHostListeners;
  state: EngineState;
  process: EngineProcess | undefined;
  /** What came while the engine was starting; sent once it is ready. */
  waiting: ToEngine[];
  crashedAt: number[];
  timer: NodeJS.Timeout | undefined;
  onStopped: (() => void) | undefined;
};

function change(host: Host, state: Partial<EngineState>): void {
  host.state = { ...host.state, ...state };
  host.listeners.onState(host.state);
}

function takeMessage(host: Host, message: FromEngine): void {
  if (!('type' in message)) return host.listeners.onData(message);
  logEvent('engine-ready');
  change(host, { state: 'running' });
  for (const early of host.waiting.splice(0)) host.process?.post(early);
}

function restartSoon(host: Host, exit: string): void {
  const now = Date.now();
  host.crashedAt = [...host.crashedAt.filter((at) => now - at < CRASH_WINDOW_MS), now];
  const waitMs = BACK_OFF_MS[host.crashedAt.length - 1];
  if (waitMs === undefined) {
    logEvent('engine-given-up', { crashCount: host.crashedAt.length });
    return change(host, { state: 'failed', lastExit: exit });
  }
  change(host, { state: 'restarting', lastExit: exit });
  host.timer = setTimeout(() => relaunch(host), waitMs);
}

function relaunch(host: Host): void {
  clearTimeout(host.timer);
  change(host, { state: 'restarting', restartCount: host.state.restartCount + 1 });
  host.launch();
}

function takeExit(host: Host, exit: string): void {
  logEvent('engine-exited', { exit: logCode(exit) });
  host.process = undefined;
  host.waiting = [];
  host.listeners.onGone();
  if (host.onStopped) host.onStopped();
  else restartSoon(host, exit);
}

function launch(host: Host, start: StartEngine, program: EngineProgram): void {
  logEvent('engine-started');
  try {
    host.process = start(program, {
      onMessage: (message) => takeMessage(host, message),
      onExit: (exit) => takeExit(host, exit),
    });
  } catch {
    takeExit(host, 'not-started');
  }
}

function stop(host: Host): Promise<void> {
  clearTimeout(host.timer);
  const running = host.process;
  if (!running) {
    host.onStopped = () => undefined;
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const killer = setTimeout(() => running.kill(), STOP_MS);
    host.onStopped = () => {
      clearTimeout(killer);
      resolve();
    };
    running.post({ type: 'stop' });
  });
}

/** By hand: after the host has given up, or to shake an engine that does not answer. */
function restart(host: Host): void {
  host.crashedAt = [];
  // A running one is killed; its exit then restarts it like any other crash.
  if (host.process) host.process.kill();
  else relaunch(host);
}

export function makeEngineHost(
  start: StartEngine,
  program: EngineProgram,
  listeners: EngineHostListeners,
): EngineHost {
  const host: Host = {
    launch: () => launch(host, start, program),
    listeners,
    state: { state: 'starting', restartCount: 0, lastExit: null },
    process: undefined,
    waiting: [],
    crashedAt: [],
    timer: undefined,
    onStopped: undefined,
  };
  return {
    start: () => {
      if (!host.process && !host.onStopped) host.launch();
    },
    state: () => host.state,
    pid: () => host.process?.pid(),
    post: (message) => {
      if (host.state.state === 'running') host.process?.post(message);
      else host.waiting.push(message);
    },
    restart: () => restart(host),
    stop: () => stop(host),
  };
}
