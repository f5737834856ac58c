// Fetches and checks a newer version in the background; installing it is the user's own decision.
import fs from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { UpdateState } from '#contract/shell.ts';
import { logCode, logEvent } from './logs.ts';

const FIRST_CHECK_MS = 30_000;
const NEXT_CHECK_MS = 6 * 60 * 60 * 1000;

/** What the library calls a file that is not the one which the publisher signed and listed. */
const REFUSALS: readonly string[] = [
  'ERR_CHECKSUM_MISMATCH',
  'ERR_UPDATER_INVALID_SIGNATURE',
  'ERR_UPDATER_NO_CHECKSUM',
];

export type Updater = {
  readonly state: () => UpdateState;
  /** A check asked for by hand says when it failed; one in the background keeps quiet. */
  readonly check: (isByHand: boolean) => Promise<void>;
  /** Replaces the app by the one fetched and starts it; call it when the engine has stopped. */
  readonly install: () => void;
};

const quiet: UpdateState = { state: 'idle', version: null, percent: null };

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
}

/** A feed of one's own choice, for development and tests only: a shipped app believes its own file alone. */
function followOwnFeed(autoUpdater: AppUpdater, feed: string): void {
  const file = path.join(app.getPath('userData'), 'dev-app-update.yml');
  const settings = { provider: 'generic', url: feed, updaterCacheDirName: 'baaki-updater-dev' };
  // JSON is YAML too.
  fs.writeFileSync(file, JSON.stringify(settings));
  autoUpdater.forceDevUpdateConfig = true;
  autoUpdater.updateConfigPath = file;
}

/** The library is heavy and looked at only when there is something to check: no start waits for it. */
async function openUpdater(feed: string | undefined): Promise<AppUpdater> {
  const { autoUpdater } = await import('electron-updater');
  autoUpdater.logger = null;
  autoUpdater.autoDownload = true;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.disableWebInstaller = true;
  autoUpdater.allowDowngrade = false;
  if (feed !== undefined) followOwnFeed(autoUpdater, feed);
  return autoUpdater;
}

function stateAfter(error: unknown, isByHand: boolean, version: string | null): UpdateState {
  const code = codeOf(error);
  logEvent('update-trouble', { code: logCode(code) });
  if (REFUSALS.includes(code)) return { state: 'refused', version, percent: null };
  return isByHand ? { ...quiet, state: 'failed' } : quiet;
}

/** Asks, and fetches what is newer; throws when the file is refused or the net is gone. */
async function fetchUpdate(
  autoUpdater: AppUpdater,
  tell: (state: UpdateState) => void,
): Promise<UpdateState> {
  const found = await autoUpdater.checkForUpdates();
  if (!found?.isUpdateAvailable) return { ...quiet, state: 'none' };
  const { version } = found.updateInfo;
  tell({ state: 'downloading', version, percent: 0 });
  const progress = ({ percent }: { readonly percent: number }): void =>
    tell({ state: 'downloading', version, percent: Math.round(percent) });
  autoUpdater.on('download-progress', progress);
  try {
    await found.downloadPromise;
  } finally {
    autoUpdater.off('download-progress', progress);
  }
  return { state: 'ready', version, percent: null };
}

function plan(check: () => Promise<void>, firstCheckMs: number): void {
  const first = setTimeout(() => void check(), firstCheckMs);
  const next = setInterval(() => void check(), NEXT_CHECK_MS);
  app.once('will-quit', () => {
    clearTimeout(first);
    clearInterval(next);
  });
}

export function startUpdater(onState: (state: UpdateState) => void, isWanted: () => boolean): Updater {
  const feed = app.isPackaged ? undefined : process.env['BAAKI_UPDATE_URL'];
  const isOn = app.isPackaged || feed !== undefined;
  let opened: Promise<AppUpdater> | undefined;
  let state: UpdateState = isOn ? quiet : { ...quiet, state: 'off' };
  const tell = (next: UpdateState): void => {
    if (next.state !== state.state) logEvent('update-state', { state: logCode(next.state) });
    state = next;
    onState(next);
  };
  const check = async (isByHand: boolean): Promise<void> => {
    if (['off', 'checking', 'downloading', 'ready'].includes(state.state)) return;
    tell({ ...quiet, state: 'checking' });
    try {
      opened ??= openUpdater(feed);
      tell(await fetchUpdate(await opened, tell));
    } catch (error) {
      tell(stateAfter(error, isByHand, state.version));
    }
  };
  if (isOn) {
    // Only beside a feed of one's own can the wait be shortened.
    const soonMs = feed === undefined ? 0 : Number(process.env['BAAKI_UPDATE_AFTER_MS']);
    // A feed of one's own is wish enough.
    const isAutomatic = (): boolean => feed !== undefined || isWanted();
    plan(() => (isAutomatic() ? check(false) : Promise.resolve()), soonMs || FIRST_CHECK_MS);
  }
  const install = (): void => {
    void opened?.then((autoUpdater) => autoUpdater.quitAndInstall(false, true));
  };
  return { state: () => state, check, install };
}
