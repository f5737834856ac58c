/**
 * A refusal is the user's mistake, told as a value: `code` is closed and is what programs test,
 * `sentence` is plain English with the number in it, `values` let the window say it in another language.
 */
export type Refusal = {
  readonly code: string;
  readonly sentence: string;
  readonly field?: string | undefined;
  readonly values?: Readonly<Record<string, string | number>> | undefined;
};

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refuse(
  code: string,
  sentence: string,
  more: Pick<Refusal, 'field' | 'values'> = {},
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, sentence, ...more } };
}

/** A bug of ours: a switch over a union that forgot a case, or a fact that cannot be. */
export function never(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
