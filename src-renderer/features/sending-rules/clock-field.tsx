import { TextInput } from '@mantine/core';
import type { JSX, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { clockWords, readClock } from './clock.ts';
import { useTyped } from './use-typed.ts';

type ClockFieldProps = {
  readonly label: string;
  readonly minute: number;
  readonly isOff: boolean;
  readonly onSave: (minute: number) => void;
};

/** A time of day, typed as 9, 9:30 or 6 pm; saved when the field is left or Enter is pressed. */
export function ClockField({ label, minute, isOff, onSave }: ClockFieldProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  const [text, setText] = useTyped(clockWords(minute));
  const read = readClock(text);
  const save = (): void => {
    if (read !== undefined && read !== minute) onSave(read);
    // A time outside the limits comes back as the limit, which may be what it was.
    setText(clockWords(minute));
  };
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter') save();
    if (key === 'Escape') setText(clockWords(minute));
  };
  return (
    <TextInput
      w={68}
      aria-label={label}
      autoComplete="off"
      disabled={isOff}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onBlur={save}
      onKeyDown={onKeyDown}
      error={read === undefined}
      title={read === undefined ? t('hours.notTime') : undefined}
    />
  );
}
