import { door } from './door.ts';
import { gatheredNews } from './changes/gathered-news.ts';

const watch = door.changes.watch.handler(async function* ({ context, signal }) {
  yield* gatheredNews(context, signal);
});

export const changes = { watch };
