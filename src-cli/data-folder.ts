import { homedir } from 'node:os';
import path from 'node:path';

/** Named on the command line, else by BAAKI_DATA, else the folder that the app itself uses. */
export function dataFolder(named: string | undefined): string {
  const chosen = named ?? process.env['BAAKI_DATA'];
  return chosen === undefined || chosen === '' ? appFolder() : path.resolve(chosen);
}

function appFolder(): string {
  const { APPDATA, XDG_CONFIG_HOME } = process.env;
  const home = homedir();
  if (process.platform === 'win32')
    return path.join(APPDATA ?? path.join(home, 'AppData', 'Roaming'), 'Baaki');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Baaki');
  return path.join(XDG_CONFIG_HOME ?? path.join(home, '.config'), 'Baaki');
}
