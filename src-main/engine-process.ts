// The engine as main sees it: a process that takes and gives envelopes, whichever way it was started.

/** What main sends. `connection` names the window's port, so that one engine serves many, one after another. */
export type ToEngine =
  | { readonly connection: number; readonly data: unknown }
  | { readonly connection: number; readonly closed: true }
  | { readonly type: 'vault'; readonly key: Uint8Array | null }
  /** The machine woke, or the network is back. */
  | { readonly type: 'hurry' }
  | { readonly type: 'stop' };

export type FromEngine = { readonly type: 'ready' } | { readonly connection: number; readonly data: unknown };

export type EngineProcess = {
  readonly pid: () => number | undefined;
  readonly post: (message: ToEngine) => void;
  readonly kill: () => void;
};

export type EngineListeners = {
  readonly onMessage: (message: FromEngine) => void;
  /** Called once, with the exit code or the signal as text. */
  readonly onExit: (exit: string) => void;
};

export type EngineProgram = {
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
};

export type StartEngine = (program: EngineProgram, listeners: EngineListeners) => EngineProcess;

/** Envelopes are the only thing believed; anything else that a process says is dropped. */
export function isFromEngine(message: unknown): message is FromEngine {
  if (typeof message !== 'object' || message === null) return false;
  if ('type' in message) return message.type === 'ready';
  return 'connection' in message && typeof message.connection === 'number' && 'data' in message;
}
