import { dltParts, type Brand } from '#domain/reminders/texts/dlt.ts';

/** MSG91 names a variable ##bill_number##; what is the same in every message is fixed text. */
export function msg91Text(body: string, brand: Brand): string {
  return dltParts(body, brand)
    .map((part) => (part.kind === 'fixed' ? part.text : `##${part.name}##`))
    .join('');
}
