import { settingsShape, type Settings } from '#contract/engine/settings.ts';
import { DEFAULT_VIEW } from '#domain/aging.ts';
import type { BookFile } from '../storage/database.ts';
import { putSetting, settingRows } from '../storage/settings.ts';
import { bookDoor } from './door.ts';

const DEFAULTS: Settings = {
  ageBy: DEFAULT_VIEW.by,
  bounds: [...DEFAULT_VIEW.bounds],
  graceDays: DEFAULT_VIEW.graceDays,
  credits: DEFAULT_VIEW.credits,
  allocatesOldestFirst: false,
  views: {},
};

const someSettings = settingsShape.partial();
const kept = new WeakMap<BookFile, { readonly version: string; readonly settings: Settings }>();

/** How the book is looked at. A value that its schema does not know (any more) counts as not set. */
export function settingsNow(db: BookFile): Settings {
  const version = db.version();
  const before = kept.get(db);
  if (before?.version === version) return before.settings;
  let settings = DEFAULTS;
  for (const [key, valueJson] of db.read(settingRows)) {
    const one = someSettings.safeParse({ [key]: JSON.parse(valueJson) });
    if (one.success) settings = { ...settings, ...one.data };
  }
  kept.set(db, { version, settings });
  return settings;
}

const get = bookDoor.settings.get.handler(({ context: { db } }) => settingsNow(db));

const save = bookDoor.settings.save.handler(({ context: { db, changed }, input }) => {
  db.write((tx) => {
    for (const [key, value] of Object.entries(input))
      if (value !== undefined) putSetting(tx, key, JSON.stringify(value));
  });
  changed('settings', 'aging', 'bills', 'customers');
  return settingsNow(db);
});

export const settings = { get, save };
