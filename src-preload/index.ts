import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { PORT_MESSAGE, Shell } from '#contract/shell.ts';

// Held to the contract by its type: this room may import no code of others.
const portMessage: typeof PORT_MESSAGE = 'baaki:port';
const channel = (name: keyof Shell): string => `baaki:${name}`;

const ask = (name: keyof Shell) => () => ipcRenderer.invoke(channel(name));

const listen =
  <News>(name: keyof Shell) =>
  (listener: (news: News) => void) => {
    const take = (_event: unknown, news: News): void => listener(news);
    ipcRenderer.on(channel(name), take);
    return () => void ipcRenderer.off(channel(name), take);
  };

// A port cannot cross the bridge as an argument, so it goes to the page as a message of the window's own.
ipcRenderer.on(channel('connect'), ({ ports }) => {
  window.postMessage({ type: portMessage }, window.location.origin, [...ports]);
});

contextBridge.exposeInMainWorld('baaki', {
  connect: () => ipcRenderer.send(channel('connect')),
  pickImportFile: ask('pickImportFile'),
  pickTallyFiles: ask('pickTallyFiles'),
  pickSaveFile: (wish) => ipcRenderer.invoke(channel('pickSaveFile'), wish),
  printToPdf: (path, isLandscape) => ipcRenderer.invoke(channel('printToPdf'), path, isLandscape),
  showFile: (path) => ipcRenderer.invoke(channel('showFile'), path),
  pathOf: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
  pickFolder: ask('pickFolder'),
  copyText: (text) => ipcRenderer.send(channel('copyText'), text),
  appInfo: ask('appInfo'),
  copyDiagnostics: ask('copyDiagnostics'),
  engineState: ask('engineState'),
  onEngineState: listen('onEngineState'),
  restartEngine: ask('restartEngine'),
  updateState: ask('updateState'),
  onUpdateState: listen('onUpdateState'),
  checkForUpdate: ask('checkForUpdate'),
  restartToUpdate: ask('restartToUpdate'),
  looksForUpdates: ask('looksForUpdates'),
  lookForUpdates: (isOn) => ipcRenderer.send(channel('lookForUpdates'), isOn),
  notifies: ask('notifies'),
  setNotifies: (isOn) => ipcRenderer.send(channel('setNotifies'), isOn),
  notify: (note) => ipcRenderer.send(channel('notify'), note),
  onCommand: listen('onCommand'),
  setTheme: (theme) => ipcRenderer.send(channel('setTheme'), theme),
} satisfies Shell);
