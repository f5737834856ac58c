// What the window may ask of Electron's main process: the short list of calls that are not the engine's.

export type EngineState = {
  readonly state: 'starting' | 'running' | 'restarting' | 'failed';
  /** How often it was restarted since the app began. */
  readonly restartCount: number;
  /** Exit code or signal of the last crash, as text; null when there was none. */
  readonly lastExit: string | null;
};

export type UpdateState = {
  readonly state: 'off' | 'idle' | 'checking' | 'none' | 'downloading' | 'ready' | 'refused' | 'failed';
  readonly version: string | null;
  /** 0–100 while downloading. */
  readonly percent: number | null;
};

export type AppInfo = {
  readonly version: string;
  readonly platform: string;
  readonly electron: string;
  readonly dataFolder: string;
  readonly engineKind: 'utilityProcess' | 'node';
};

/** What a file that the window has written may be: Baaki's own kinds, then those that customers attach to replies. */
export const saveKinds = [
  'xlsx',
  'csv',
  'pdf',
  'jpg',
  'jpeg',
  'png',
  'webp',
  'doc',
  'docx',
  'xls',
  'txt',
  'zip',
] as const;
export type SaveKind = (typeof saveKinds)[number];

/** The name that the dialog proposes; main takes out of it what a file name cannot bear, and adds the extension. */
export type SaveWish = { readonly name: string; readonly kind: SaveKind };

/** Whether a file was saved, else why not: it is open in another program, … */
export type SaveOutcome = 'saved' | 'file-open' | 'folder-gone' | 'disk-full' | 'not-written';

/** Exposed as `window.baaki`; the port itself arrives as a window message {type: PORT_MESSAGE} with ports[0]. */
export type Shell = {
  /** Asks main for a fresh MessagePort to the engine. */
  readonly connect: () => void;
  /** The native open dialog for one workbook or CSV; null when the user closed it. */
  readonly pickImportFile: () => Promise<string | null>;
  /** Files of Tally's own export, XML or zipped; none when the dialog was closed. */
  readonly pickTallyFiles: () => Promise<readonly string[]>;
  /** The native save dialog; null when the user closed it. */
  readonly pickSaveFile: (wish: SaveWish) => Promise<string | null>;
  /** Prints what the window shows (its print style) to a PDF, only at a path that pickSaveFile gave since the start. */
  readonly printToPdf: (path: string, isLandscape: boolean) => Promise<SaveOutcome>;
  /** Shows a file in the system's file manager, only at a path that pickSaveFile gave since the start. */
  readonly showFile: (path: string) => Promise<void>;
  /** The path of a File that the user dropped on the window (typed as object: the contract knows no DOM). */
  readonly pathOf: (file: object) => string;
  /** The native folder dialog; null when the user closed it. What is written there, the engine writes. */
  readonly pickFolder: () => Promise<string | null>;
  /** Puts a text of at most 20,000 characters on the clipboard. */
  readonly copyText: (text: string) => void;
  readonly appInfo: () => Promise<AppInfo>;
  readonly copyDiagnostics: () => Promise<void>;
  readonly engineState: () => Promise<EngineState>;
  readonly onEngineState: (listener: (state: EngineState) => void) => () => void;
  readonly restartEngine: () => Promise<void>;
  readonly updateState: () => Promise<UpdateState>;
  readonly onUpdateState: (listener: (state: UpdateState) => void) => () => void;
  readonly checkForUpdate: () => Promise<void>;
  readonly restartToUpdate: () => Promise<void>;
  /** Whether Baaki looks for updates by itself: off until the user turns it on. */
  readonly looksForUpdates: () => Promise<boolean>;
  readonly lookForUpdates: (isOn: boolean) => void;
  /** Whether the system shows a note when a reply comes or something waits: off until the user turns it on. */
  readonly notifies: () => Promise<boolean>;
  readonly setNotifies: (isOn: boolean) => void;
  /** Shown only while it is turned on. No name and no amount: others may see the screen. */
  readonly notify: (note: { readonly title: string; readonly body: string }) => void;
  /** Menu and tray commands that the window carries out, e.g. 'open-palette', 'import', 'settings'. */
  readonly onCommand: (listener: (command: string) => void) => () => void;
  /** 'light' | 'dark' | 'system' for the native frame. */
  readonly setTheme: (theme: 'light' | 'dark' | 'system') => void;
};

export const PORT_MESSAGE = 'baaki:port';
