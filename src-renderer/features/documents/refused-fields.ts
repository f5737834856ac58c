/** Names of the engine's fields where a form calls them otherwise. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  amountPaise: 'amount',
  foreignMinor: 'foreignAmount',
  foreign: 'foreignAmount',
  instalments: 'parts',
  allocate: 'parts',
  creditLimitPaise: 'creditLimit',
  insuredLimitPaise: 'insuredLimit',
};

type Form = { readonly setFieldError: (field: string, words: string) => void };

/** Puts a refusal beside the field that it names; false when the form has none such. */
export function fieldSetter(
  form: Form,
  fields: readonly string[],
): (field: string, words: string) => boolean {
  return (field, words) => {
    const [head = ''] = field.split('.');
    const own = OWN_NAMES[field] ?? OWN_NAMES[head] ?? head;
    if (!fields.includes(own)) return false;
    form.setFieldError(own, words);
    return true;
  };
}
