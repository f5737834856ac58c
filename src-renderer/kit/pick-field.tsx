import { Select, type SelectProps } from '@mantine/core';
import { useState, type JSX, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

export type Pick = { readonly value: number; readonly label: string };

type PickFieldProps = Omit<SelectProps, 'value' | 'onChange' | 'data' | 'filter' | 'searchValue'> & {
  /** What is picked; null for nothing. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  /** What the engine found for the typed text. */
  readonly found: readonly Pick[];
  /** What is picked, by name, while the found do not hold it. */
  readonly picked?: Pick | undefined;
  readonly onSearch: (text: string) => void;
};

/** One of thousands, found by typing a part of its name; Enter or Tab takes the first. */
export function PickField({
  value,
  onChange,
  found,
  picked,
  onSearch,
  ...field
}: PickFieldProps): JSX.Element {
  const { t } = useTranslation('kit');
  const [text, setText] = useState('');
  const [last, setLast] = useState<Pick>();
  const [isOpen, setOpen] = useState(false);
  const chosen = [picked, last].find((one) => one?.value === value);
  const known = chosen && !found.some((one) => one.value === chosen.value) ? [chosen, ...found] : found;
  const isSettled = text.trim() === '' || text === chosen?.label;
  const pick = (next: Pick | undefined): void => {
    setLast(next);
    setOpen(false);
    onChange(next?.value ?? null);
  };
  // The list comes from the engine after the letter was typed, so no entry of it is marked yet: the first is meant.
  const takeFirst = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (isSettled || event.ctrlKey || (event.key !== 'Enter' && event.key !== 'Tab')) return;
    if (event.currentTarget.getAttribute('aria-activedescendant') && event.key === 'Enter') return;
    // Enter in an unfinished search must not send the form.
    if (event.key === 'Enter') event.preventDefault();
    const [first] = found;
    if (!first) return;
    setText(first.label);
    pick(first);
  };
  return (
    <Select
      {...field}
      searchable
      nothingFoundMessage={isSettled ? undefined : t('field.nothingFound')}
      data={known.map((one) => ({ value: String(one.value), label: one.label }))}
      filter={({ options }) => options}
      // A list with nothing in it is not seen, and would swallow the Esc that is meant for the dialog.
      dropdownOpened={isOpen && (known.length > 0 || !isSettled)}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      onKeyDown={takeFirst}
      value={value === null ? null : String(value)}
      searchValue={text}
      onSearchChange={(typed) => {
        setText(typed);
        onSearch(typed === chosen?.label ? '' : typed);
      }}
      onChange={(next) => pick(known.find((one) => String(one.value) === next))}
    />
  );
}
