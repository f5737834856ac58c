import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuWords } from './menu-words.ts';

/** What the window carries out when a menu item is chosen. */
export type MenuCommand = 'import' | 'open-palette' | 'settings';

export type MenuActions = {
  readonly command: (command: MenuCommand) => void;
  readonly copyDiagnostics: () => void;
  readonly checkForUpdate: () => void;
};

type Items = MenuItemConstructorOptions[];
const line = { type: 'separator' } as const;

function fileItems(words: MenuWords, actions: MenuActions): Items {
  return [
    { label: words.import, accelerator: 'CmdOrCtrl+O', click: () => actions.command('import') },
    line,
    { label: words.settings, accelerator: 'CmdOrCtrl+,', click: () => actions.command('settings') },
    line,
    { label: words.quit, role: 'quit' },
  ];
}

function editItems(words: MenuWords): Items {
  return [
    { label: words.undo, role: 'undo' },
    { label: words.redo, role: 'redo' },
    line,
    { label: words.cut, role: 'cut' },
    { label: words.copy, role: 'copy' },
    { label: words.paste, role: 'paste' },
    { label: words.selectAll, role: 'selectAll' },
  ];
}

function viewItems(words: MenuWords, actions: MenuActions): Items {
  const developer: Items = app.isPackaged ? [] : [line, { role: 'reload' }, { role: 'toggleDevTools' }];
  return [
    { label: words.palette, accelerator: 'CmdOrCtrl+K', click: () => actions.command('open-palette') },
    line,
    { label: words.actualSize, role: 'resetZoom' },
    { label: words.zoomIn, role: 'zoomIn' },
    { label: words.zoomOut, role: 'zoomOut' },
    { label: words.fullScreen, role: 'togglefullscreen' },
    ...developer,
  ];
}

function helpItems(words: MenuWords, actions: MenuActions): Items {
  return [
    { label: words.copyDiagnostics, click: actions.copyDiagnostics },
    { label: words.checkForUpdate, click: actions.checkForUpdate },
  ];
}

export function setMenu(words: MenuWords, actions: MenuActions): void {
  const own: Items = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  const menu = Menu.buildFromTemplate([
    ...own,
    { label: words.file, submenu: fileItems(words, actions) },
    { label: words.edit, submenu: editItems(words) },
    { label: words.view, submenu: viewItems(words, actions) },
    { label: words.help, submenu: helpItems(words, actions) },
  ]);
  Menu.setApplicationMenu(menu);
}
