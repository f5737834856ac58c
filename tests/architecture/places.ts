import { rooms, type Room } from './floors.ts';

/** Where a file stands: its room and, in a room of flats, the flat (null for a file between them). */
export type Place = { readonly roomName: string; readonly room: Room; readonly flat: string | null };

/** The room of a path: the longest place that holds it. */
export function placeOf(filePath: string): Place | undefined {
  let best: { readonly length: number; readonly place: Place } | undefined;
  for (const [roomName, room] of Object.entries(rooms)) {
    for (const home of room.places) {
      if (!isUnder(filePath, home) || (best && best.length >= home.length)) continue;
      const rest = filePath.slice(home.length);
      const flat = room.apart && rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : null;
      best = { length: home.length, place: { roomName, room, flat } };
    }
  }
  return best?.place;
}

export function isUnder(filePath: string, home: string): boolean {
  if (home.endsWith('/')) return filePath.startsWith(home);
  if (home.startsWith('*')) return !filePath.includes('/') && filePath.endsWith(home.slice(1));
  return filePath === home;
}
