import type { Business } from '#contract/engine/business.ts';
import { Textarea, TextInput } from '@mantine/core';
import { useState, type JSX, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { lineChange, type BusinessLine } from './business-lines.ts';

type BusinessFieldProps = {
  readonly line: BusinessLine;
  /** What is in the book. */
  readonly saved: string;
  readonly fault: string | undefined;
  readonly isOff: boolean;
  readonly onSave: (change: Partial<Business>) => void;
};

/** One line; saved when it is left or Enter is pressed. What was refused stays as it was typed. */
export function BusinessField({ line, saved, fault, isOff, onSave }: BusinessFieldProps): JSX.Element {
  const { t } = useTranslation('business');
  const { key, kind, most } = line;
  const [state, setState] = useState({ saved, typed: saved });
  // What comes back changed, written in its proper way or by an undo, takes the place of what was typed.
  if (state.saved !== saved) setState({ saved, typed: saved });
  const typed = state.saved === saved ? state.typed : saved;
  const save = (): void => {
    if (typed.trim() !== saved) onSave(lineChange(key, typed));
  };
  const alike = {
    className: kind === 'long' || key === 'name' ? 'business__whole' : undefined,
    label: t(`line.${key}.label`),
    description: t(`line.${key}.hint`),
    autoComplete: 'off',
    maxLength: most,
    disabled: isOff,
    value: typed,
    error: fault,
    onBlur: save,
  };
  const change = (text: string): void => setState({ saved, typed: text });
  if (kind === 'long') {
    return (
      <Textarea
        {...alike}
        autosize
        minRows={2}
        maxRows={6}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
    );
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') save();
    if (event.key === 'Escape') change(saved);
  };
  return (
    <TextInput
      {...alike}
      type={kind}
      spellCheck={false}
      onKeyDown={onKeyDown}
      onChange={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}
