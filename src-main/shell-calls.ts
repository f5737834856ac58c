// Answers the short list of calls that the window may make of main; every sender is checked.
import {
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  MessageChannelMain,
  nativeTheme,
  Notification,
  type IpcMainEvent,
} from 'electron';
import type { AppInfo, EngineState, Shell, UpdateState } from '#contract/shell.ts';
import type { MenuWords } from './menu-words.ts';
import { isTheme, type MemoryBook } from './memory.ts';
import type { Relay } from './relay.ts';
import { answerSaveCalls } from './save-calls.ts';
import { isTrustedSender } from './security.ts';
import { showWindow } from './window.ts';

/** The calls that are answered, each with the promise that the contract writes. */
type Answers = Pick<
  Shell,
  | 'appInfo'
  | 'checkForUpdate'
  | 'copyDiagnostics'
  | 'engineState'
  | 'looksForUpdates'
  | 'notifies'
  | 'restartEngine'
  | 'restartToUpdate'
  | 'updateState'
>;

export type ShellParts = {
  readonly origin: string;
  readonly words: MenuWords;
  readonly memory: MemoryBook;
  readonly relay: Relay;
  readonly answers: Answers;
  readonly onLookForUpdates: (isOn: boolean) => void;
};

/** News that main sends to its windows, by the name under which the contract lets them listen. */
type News = {
  readonly onCommand: string;
  readonly onEngineState: EngineState;
  readonly onUpdateState: UpdateState;
};

/** What can be imported, as the native dialog filters it. */
const IMPORTED = ['xlsx', 'xlsm', 'xls', 'xlsb', 'ods', 'csv', 'tsv'] as const;

/** What Tally's own export writes, and what people make of it to send it. */
const EXPORTED = ['xml', 'zip', 'gz'] as const;

const COPIED_MOST = 20_000;
const NOTE_MOST = 300;

const channel = (name: keyof Shell): string => `baaki:${name}`;

export function tellWindows<Name extends keyof News>(name: Name, news: News[Name]): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channel(name), news);
}

type PickWish = {
  readonly title: string;
  readonly filter: string;
  readonly extensions: readonly string[];
  readonly isMany: boolean;
};

async function pickFiles(
  window: BrowserWindow | null,
  words: MenuWords,
  { title, filter, extensions, isMany }: PickWish,
): Promise<readonly string[]> {
  if (!window) return [];
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    properties: isMany ? ['openFile', 'multiSelections'] : ['openFile'],
    filters: [
      { name: filter, extensions: [...extensions] },
      { name: words.allFiles, extensions: ['*'] },
    ],
  });
  return canceled ? [] : filePaths;
}

type Note = { readonly title: string; readonly body: string };

function isNote(note: unknown): note is Note {
  if (typeof note !== 'object' || note === null || !('title' in note) || !('body' in note)) return false;
  return [note.title, note.body].every((text) => typeof text === 'string' && text.length <= NOTE_MOST);
}

function showNote({ title, body }: Note, window: BrowserWindow | null): void {
  if (!Notification.isSupported()) return;
  const note = new Notification({ title, body, silent: true });
  note.on('click', () => {
    if (window && !window.isDestroyed()) showWindow(window);
  });
  note.show();
}

async function pickFolder(window: BrowserWindow | null, words: MenuWords): Promise<string | null> {
  if (!window) return null;
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: words.folderTitle,
    properties: ['openDirectory', 'createDirectory'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

function listen(
  parts: ShellParts,
  name: keyof Shell,
  take: (event: IpcMainEvent, wish: unknown) => void,
): void {
  ipcMain.on(channel(name), (event, wish: unknown) => {
    if (isTrustedSender(event.senderFrame, parts.origin)) take(event, wish);
  });
}

function answer(parts: ShellParts, name: keyof Answers): void {
  ipcMain.handle(channel(name), (event): Promise<AppInfo | EngineState | UpdateState | boolean | void> => {
    if (!isTrustedSender(event.senderFrame, parts.origin)) throw new Error('The sender is not the app.');
    return parts.answers[name]();
  });
}

export function answerShellCalls(parts: ShellParts): void {
  const { origin, words, memory, relay } = parts;
  listen(parts, 'connect', ({ sender }) => {
    const { port1, port2 } = new MessageChannelMain();
    relay.connect(port1);
    sender.postMessage(channel('connect'), null, [port2]);
  });
  listen(parts, 'setTheme', (_event, theme) => {
    if (!isTheme(theme)) return;
    nativeTheme.themeSource = theme;
    memory.keep({ theme });
  });
  listen(parts, 'copyText', (_event, text) => {
    if (typeof text === 'string' && text.length <= COPIED_MOST) void clipboard.writeText(text);
  });
  listen(parts, 'setNotifies', (_event, isOn) => {
    if (typeof isOn === 'boolean') memory.keep({ notifies: isOn });
  });
  listen(parts, 'notify', ({ sender }, note) => {
    if (memory.get().notifies && isNote(note)) showNote(note, BrowserWindow.fromWebContents(sender));
  });
  listen(parts, 'lookForUpdates', (_event, isOn) => {
    if (typeof isOn !== 'boolean') return;
    memory.keep({ looksForUpdates: isOn });
    parts.onLookForUpdates(isOn);
  });
  ipcMain.handle(channel('pickFolder'), async ({ sender, senderFrame }) => {
    if (!isTrustedSender(senderFrame, origin)) throw new Error('The sender is not the app.');
    return pickFolder(BrowserWindow.fromWebContents(sender), words);
  });
  const pick = (name: 'pickImportFile' | 'pickTallyFiles', wish: PickWish): void => {
    ipcMain.handle(channel(name), async ({ sender, senderFrame }) => {
      if (!isTrustedSender(senderFrame, origin)) throw new Error('The sender is not the app.');
      const paths = await pickFiles(BrowserWindow.fromWebContents(sender), words, wish);
      return wish.isMany ? paths : (paths[0] ?? null);
    });
  };
  pick('pickImportFile', {
    title: words.pickTitle,
    filter: words.pickFilter,
    extensions: IMPORTED,
    isMany: false,
  });
  pick('pickTallyFiles', {
    title: words.pickTallyTitle,
    filter: words.pickTallyFilter,
    extensions: EXPORTED,
    isMany: true,
  });
  answerSaveCalls(origin, words);
  answer(parts, 'appInfo');
  answer(parts, 'checkForUpdate');
  answer(parts, 'copyDiagnostics');
  answer(parts, 'engineState');
  answer(parts, 'looksForUpdates');
  answer(parts, 'notifies');
  answer(parts, 'restartEngine');
  answer(parts, 'restartToUpdate');
  answer(parts, 'updateState');
}
