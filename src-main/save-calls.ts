// Saving: the native dialog names a place, and only there may the window print or point.
import path from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  shell,
  type IpcMainInvokeEvent,
  type WebContents,
} from 'electron';
import type { SaveOutcome, SaveWish, Shell } from '#contract/shell.ts';
import { logEvent } from './logs.ts';
import type { MenuWords } from './menu-words.ts';
import { isSaveWish, safeFileName, savePlaces, saveWhole, withExtension } from './save-places.ts';
import { isTrustedSender } from './security.ts';

type SaveCall = Extract<keyof Shell, 'pickSaveFile' | 'printToPdf' | 'showFile'>;

/** Inches. */
const MARGINS = { top: 0.5, bottom: 0.6, left: 0.45, right: 0.45 } as const;
/** Page numbers and nothing else: the usual footer bears an address and the day. It is digits, so of no language. */
const FOOTER =
  '<div style="width:100%;font:8px sans-serif;text-align:right;padding-right:0.45in">' +
  '<span class="pageNumber"></span> / <span class="totalPages"></span></div>';

async function pickSaveFile(
  window: BrowserWindow | null,
  wish: SaveWish,
  words: MenuWords,
): Promise<string | null> {
  if (!window) return null;
  const isWorkbook = wish.kind === 'xlsx' || wish.kind === 'xls';
  const name = isWorkbook ? words.workbook : wish.kind.toUpperCase();
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: words.saveTitle,
    defaultPath: path.join(app.getPath('documents'), safeFileName(wish)),
    filters: [{ name, extensions: [wish.kind] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === '' ? null : withExtension(filePath, wish.kind);
}

/** Chromium paints the margins of the paper in the window's own colour: for the while it is white. */
async function onWhitePaper<T>(contents: WebContents, print: () => Promise<T>): Promise<T> {
  const window = BrowserWindow.fromWebContents(contents);
  const before = window?.getBackgroundColor();
  window?.setBackgroundColor('#ffffff');
  try {
    return await print();
  } finally {
    if (before !== undefined && !window?.isDestroyed()) window?.setBackgroundColor(before);
  }
}

async function printToPdf(contents: WebContents, place: string, isLandscape: boolean): Promise<SaveOutcome> {
  const settings = {
    pageSize: 'A4',
    landscape: isLandscape,
    margins: MARGINS,
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: FOOTER,
  } as const;
  const bytes = await onWhitePaper(contents, () => contents.printToPDF(settings));
  const outcome = await saveWhole(place, bytes);
  logEvent('printed', { bytes: bytes.length, isSaved: outcome === 'saved' });
  return outcome;
}

export function answerSaveCalls(origin: string, words: MenuWords): void {
  const places = savePlaces();
  const answer = (
    name: SaveCall,
    act: (event: IpcMainInvokeEvent, wishes: readonly unknown[]) => Promise<string | null | void>,
  ): void => {
    ipcMain.handle(`baaki:${name}`, (event, ...wishes: readonly unknown[]) => {
      if (!isTrustedSender(event.senderFrame, origin)) throw new Error('The sender is not the app.');
      return act(event, wishes);
    });
  };
  const unnamed = (): Error => {
    logEvent('place-refused');
    return new Error('The user has not named this place.');
  };
  answer('pickSaveFile', async ({ sender }, [wish]) => {
    if (!isSaveWish(wish)) throw new Error('This is no wish for a place.');
    const place = await pickSaveFile(BrowserWindow.fromWebContents(sender), wish, words);
    if (place !== null) places.add(place);
    return place;
  });
  answer('printToPdf', ({ sender }, [place, isLandscape]) => {
    if (!places.has(place, 'pdf')) throw unnamed();
    return printToPdf(sender, place, isLandscape === true);
  });
  answer('showFile', async (_event, [place]) => {
    if (!places.has(place)) throw unnamed();
    shell.showItemInFolder(place);
  });
}
