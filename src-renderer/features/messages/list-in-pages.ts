import type { MessageRow } from '#contract/engine/messages.ts';
import { client, orpc } from '../../client.ts';

/** An answer of so many rows is read in some milliseconds; one of thousands at once would hold the window up. */
const PAGE_ROWS = 500;

type Wish = Parameters<typeof client.messages.list>[0] & { readonly limit: number };
type Listed = Awaited<ReturnType<typeof client.messages.list>>;

/** The list of messages as the engine tells it, read page after page. */
export function listInPages(wish: Wish) {
  return {
    ...orpc.messages.list.queryOptions({ input: wish }),
    // To compare thousands of rows with the last ones takes as long as to read them; a screenful is drawn.
    structuralSharing: false,
    queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<Listed> => {
      const rows: MessageRow[] = [];
      for (;;) {
        const before = rows.at(-1)?.messageId;
        const limit = Math.min(PAGE_ROWS, wish.limit - rows.length);
        const asked = { ...wish, limit, ...(before === undefined ? {} : { before }) };
        const page = await client.messages.list(asked, { signal });
        rows.push(...page.rows);
        if (page.rows.length < limit || rows.length >= wish.limit)
          return { rows, totalCount: page.totalCount };
      }
    },
  };
}
