import { net, powerMonitor } from 'electron';

/** Electron tells main of no network that comes back, so it is looked at; asking the system costs nothing. */
const LOOKED_EVERY_MS = 5000;

/** Tells when the machine woke from sleep and when the network came back; both may be told of one waking. */
export function watchWaking(told: () => void): void {
  powerMonitor.on('resume', told);
  let wasOnline = net.isOnline();
  setInterval(() => {
    const isOnline = net.isOnline();
    if (isOnline && !wasOnline) told();
    wasOnline = isOnline;
  }, LOOKED_EVERY_MS);
}
