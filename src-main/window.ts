import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { logCode, logEvent } from './logs.ts';
import type { Bounds, MemoryBook } from './memory.ts';

const SIZE = { width: 1280, height: 832 } as const;
const SIZE_LEAST = { minWidth: 800, minHeight: 560 } as const;
const SHOW_LATEST_MS = 8_000;
const RELOADS_MOST = 3;
const RELOAD_WINDOW_MS = 60_000;

/** The page's own background, so that the window does not flash before the first paint. */
const background = (): string => (nativeTheme.shouldUseDarkColors ? '#15171a' : '#eef0f3');

/** The remembered place, when a screen still shows enough of it to take hold of. */
function placeFrom(bounds: Bounds | null): Partial<Bounds> {
  if (bounds === null) return SIZE;
  const { workArea } = screen.getDisplayMatching(bounds);
  const isSeen =
    bounds.x < workArea.x + workArea.width - 100 &&
    bounds.x + bounds.width > workArea.x + 100 &&
    bounds.y >= workArea.y - 10 &&
    bounds.y < workArea.y + workArea.height - 50;
  return isSeen ? bounds : { width: bounds.width, height: bounds.height };
}

function rememberPlace(window: BrowserWindow, memory: MemoryBook): void {
  window.on('close', () => {
    memory.keep({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
  });
}

/** A page that has died is loaded anew, a few times; the engine and its data are untouched by it. */
function reviveWhenGone(window: BrowserWindow): void {
  let goneAt: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    logEvent('window-gone', { reason: logCode(details.reason), exit: details.exitCode });
    const now = Date.now();
    goneAt = [...goneAt.filter((at) => now - at < RELOAD_WINDOW_MS), now];
    if (details.reason !== 'clean-exit' && goneAt.length <= RELOADS_MOST) window.webContents.reload();
  });
}

/** A window that has nothing to show yet flashes; one that never has is shown all the same, so that it can be closed. */
function showOncePainted(window: BrowserWindow): void {
  const show = (): void => {
    clearTimeout(late);
    if (window.isDestroyed() || window.isVisible()) return;
    window.show();
    logEvent('window-opened');
  };
  const late = setTimeout(show, SHOW_LATEST_MS);
  window.once('ready-to-show', show);
}

export type Page = { readonly address: string; readonly preload: string };

export function openWindow(page: Page, memory: MemoryBook): BrowserWindow {
  const window = new BrowserWindow({
    ...placeFrom(memory.get().bounds),
    ...SIZE_LEAST,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: background(),
    webPreferences: {
      preload: page.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (memory.get().isMaximized) window.maximize();
  showOncePainted(window);
  const repaint = (): void => window.setBackgroundColor(background());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));
  rememberPlace(window, memory);
  reviveWhenGone(window);
  // A load that another one overtakes, or a window closed meanwhile, is no fault of the app.
  window.loadURL(page.address).catch(() => logEvent('page-not-loaded'));
  return window;
}

/** Brings the window to the front, as a second start of the app asks for. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
