// What a page may never do: ask for permissions, leave the app, open windows, embed others, speak for another frame.
import { app, session, shell, type WebContents, type WebFrameMain } from 'electron';
import { logEvent } from './logs.ts';

const isOurs = (address: string, origin: string): boolean =>
  address === origin || address.startsWith(`${origin}/`);

/** Only the window's own top frame, showing the app's own page, may call main. */
export function isTrustedSender(frame: WebFrameMain | null, origin: string): boolean {
  const isTrusted = frame !== null && frame.parent === null && isOurs(frame.url, origin);
  if (!isTrusted) logEvent('sender-refused');
  return isTrusted;
}

/** Pages that open in the user's own browser, never in a window of ours: a chat in WhatsApp, a sign-in for mail. */
const OUTSIDE: readonly string[] = [
  'https://wa.me/',
  'https://accounts.google.com/',
  'https://login.microsoftonline.com/',
];

function mayOpenOutside(address: string): boolean {
  return URL.canParse(address) && OUTSIDE.some((start) => new URL(address).href.startsWith(start));
}

function confine(contents: WebContents, origin: string): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url);
    else logEvent('navigation-refused');
    return { action: 'deny' };
  });
  const stay = (event: { readonly preventDefault: () => void }, address: string): void => {
    if (isOurs(address, origin)) return;
    event.preventDefault();
    logEvent('navigation-refused');
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Must run when the app is ready and before the first window is made. */
export function lockDown(origin: string): void {
  app.on('web-contents-created', (_event, contents) => confine(contents, origin));
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    logEvent('permission-refused');
    answer(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
  session.defaultSession.on('will-download', (event) => event.preventDefault());
}
