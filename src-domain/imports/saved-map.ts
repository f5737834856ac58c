import type { DateOrder, ImportMap } from './map.ts';

/** What is kept of a map for later files with the same headings: how to read them, but nothing of the one file. */
export type SavedMap = Pick<
  ImportMap,
  'columns' | 'creditDays' | 'currency' | 'takeDrafts' | 'customerFrom' | 'isCompleteList' | 'dateOrder'
>;

export function savedPart(map: ImportMap): SavedMap {
  const { columns, creditDays, currency, takeDrafts, customerFrom, isCompleteList, dateOrder } = map;
  return { columns, creditDays, currency, takeDrafts, customerFrom, isCompleteList, dateOrder };
}

/** The saved way of reading over what was found in this file. What its own dates prove wins over what was chosen before. */
export function withSaved(map: ImportMap, saved: SavedMap, proved: DateOrder | null): ImportMap {
  return { ...map, ...saved, dateOrder: proved ?? saved.dateOrder };
}
