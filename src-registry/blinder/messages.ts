import type { Identifier } from '#domain/registry/subjects.ts';
import { identifierKinds } from '#domain/registry/words.ts';

// What the registry and its blinder say to each other; it never leaves the machine.

export type Question = { readonly id: number; readonly identifiers: readonly Identifier[] };
export type Answer = { readonly id: number; readonly tokens: readonly (string | null)[] };

export function isQuestion(value: unknown): value is Question {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('identifiers' in value))
    return false;
  return (
    typeof value.id === 'number' && Array.isArray(value.identifiers) && value.identifiers.every(isIdentifier)
  );
}

export function isAnswer(value: unknown): value is Answer {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('tokens' in value)) return false;
  return typeof value.id === 'number' && Array.isArray(value.tokens);
}

function isIdentifier(value: unknown): value is Identifier {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('value' in value)) return false;
  return identifierKinds.some((kind) => kind === value.kind) && typeof value.value === 'string';
}
