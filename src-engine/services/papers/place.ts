import { checkPaperPlace, type PaperPlace } from '#domain/papers/file-place.ts';
import { refused, type BookContext } from '../door.ts';

/** Refused where no PDF may be written. */
export async function checkPlace(
  { tables, shelf }: BookContext,
  place: Omit<PaperPlace, 'isAmongBooks'>,
): Promise<void> {
  const within = place.kind === 'folder' ? `${place.path}/one.pdf` : place.path;
  const isAmongBooks = await tables.isWithin(within, shelf.folder);
  const checked = checkPaperPlace({ ...place, isAmongBooks });
  if (!checked.ok) throw refused(checked.refusal);
}
