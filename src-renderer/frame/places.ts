import {
  IconBellRinging,
  IconBook2,
  IconBuildingCommunity,
  IconCalendarTime,
  IconChartBar,
  IconFileImport,
  IconFileInvoice,
  IconInbox,
  IconPlugConnected,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';

/** A screen of the rail: only those that exist. */
export type PlaceItem = {
  readonly id:
    | 'dashboard'
    | 'customers'
    | 'bills'
    | 'cheques'
    | 'tally'
    | 'reminders'
    | 'inbox'
    | 'imports'
    | 'registry'
    | 'books'
    | 'settings';
  readonly path: string;
  readonly keys: string;
  readonly icon: TablerIcon;
  /** Stands at the foot of the rail. */
  readonly isLow: boolean;
};

export const placeItems: readonly PlaceItem[] = [
  { id: 'dashboard', path: '/', keys: 'Alt+1', icon: IconChartBar, isLow: false },
  { id: 'customers', path: '/customers', keys: 'Alt+2', icon: IconUsers, isLow: false },
  { id: 'bills', path: '/bills', keys: 'Alt+3', icon: IconFileInvoice, isLow: false },
  { id: 'cheques', path: '/cheques', keys: 'Alt+4', icon: IconCalendarTime, isLow: false },
  { id: 'tally', path: '/tally', keys: 'Alt+5', icon: IconPlugConnected, isLow: false },
  // They came later: the keys of the others stay where the fingers know them.
  { id: 'reminders', path: '/reminders', keys: 'Alt+9', icon: IconBellRinging, isLow: false },
  { id: 'inbox', path: '/inbox', keys: 'Alt+0', icon: IconInbox, isLow: false },
  { id: 'imports', path: '/imports', keys: 'Alt+6', icon: IconFileImport, isLow: false },
  { id: 'registry', path: '/registry', keys: 'Alt+R', icon: IconBuildingCommunity, isLow: false },
  { id: 'books', path: '/books', keys: 'Alt+7', icon: IconBook2, isLow: true },
  { id: 'settings', path: '/settings', keys: 'Alt+8', icon: IconSettings, isLow: true },
];

/** Whether an address lies in a place: '/customers/7' lies in Customers. */
export function isIn(path: string, place: PlaceItem): boolean {
  return place.path === '/' ? path === '/' : path === place.path || path.startsWith(`${place.path}/`);
}
