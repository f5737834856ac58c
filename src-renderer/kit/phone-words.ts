/** '+91 98765 00011', as a number is read aloud in India; anything else stays as it is. */
export function phoneWords(phone: string): string {
  const [, first, last] = /^\+91(\d{5})(\d{5})$/.exec(phone) ?? [];
  return first === undefined || last === undefined ? phone : `+91 ${first} ${last}`;
}
