import { NumberInput, Text } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { useTyped } from './use-typed.ts';

type RuleRowProps = {
  readonly label: string;
  /** What the rule does, in a sentence. */
  readonly says: string;
  readonly children: ReactNode;
};

/** A rule: what it is called, what it does, and at its right what it is set to. */
export function RuleRow({ label, says, children }: RuleRowProps): JSX.Element {
  return (
    <div className="rule">
      <div className="rule__words">
        <div className="rule__label">{label}</div>
        <Text size="xs" c="dimmed">
          {says}
        </Text>
      </div>
      <div className="rule__value">{children}</div>
    </div>
  );
}

type CountRuleProps = Omit<RuleRowProps, 'children'> & {
  readonly value: number;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly isOff: boolean;
  readonly onSave: (value: number) => void;
};

/** A rule that is a number; saved when the field is left or Enter is pressed, not at every digit. */
export function CountRule({ label, says, ...field }: CountRuleProps): JSX.Element {
  return (
    <RuleRow label={label} says={says}>
      <CountField label={label} {...field} />
    </RuleRow>
  );
}

type CountFieldProps = Omit<CountRuleProps, 'says'>;

function CountField(props: CountFieldProps): JSX.Element {
  const { label, value, unit, least, most, isOff, onSave } = props;
  const [typed, setTyped] = useTyped<number | string>(value);
  const save = (): void => {
    if (typed === '' || Number(typed) < least) setTyped(value);
    else if (Number(typed) !== value) onSave(Number(typed));
  };
  return (
    <>
      <NumberInput
        w={76}
        min={least}
        max={most}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        disabled={isOff}
        aria-label={label}
        value={typed}
        onChange={setTyped}
        onBlur={save}
        onKeyDown={({ key }) => {
          if (key === 'Enter') save();
        }}
      />
      <span className="rule__unit">{unit}</span>
    </>
  );
}
