import { door } from './door.ts';

const watch = door.changes.watch.handler(async function* ({ context, signal }) {
  yield* context.watch(signal);
});

export const changes = { watch };
