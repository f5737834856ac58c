import { ORPCError } from '@orpc/server';
import type { PlainBook } from './plain-book.ts';
import type { TempEngine } from './temp-engine.ts';

/** An engine, and beside it a book of plain lists to which the same is done. */
export type World = TempEngine & PlainBook & { readonly ids: Map<string, number>; batches: number[] };

/** The answer, or the code of the refusal; anything else is a bug. */
export async function asked<T>(call: Promise<T>): Promise<{ readonly ok: T } | { readonly code: string }> {
  try {
    return { ok: await call };
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'REFUSED') return { code: String(error.data.code) };
    throw error;
  }
}
