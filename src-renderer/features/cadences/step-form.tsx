import { stepAnchors, tones } from '#domain/reminders/words.ts';
import { NumberInput, SegmentedControl, Select, Switch } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelLadder } from './channel-ladder.tsx';
import { clampDays, DAYS_MOST, type Step } from './steps.ts';
import type { TextNames } from './use-text-names.ts';

const attachable = ['outstanding', 'statement', 'letter-1', 'letter-2', 'letter-3'] as const;
const NOTHING = 'none';
const REPEAT_DAYS_MOST = 365;
const REPEATS_MOST = 100;

type StepFormProps = {
  readonly step: Step;
  readonly number: number;
  readonly texts: TextNames;
  readonly isOff: boolean;
  readonly onChange: (change: Partial<Omit<Step, 'stepId'>>) => void;
};

/** Everything about the step that is chosen on the timeline. */
export function StepForm({ step, number, texts, isOff, onChange }: StepFormProps): JSX.Element {
  const { t } = useTranslation(['cadences', 'reminders']);
  return (
    <fieldset className="step-form" disabled={isOff}>
      <legend className="step-form__title">{t('step', { number })}</legend>
      <StepWhen step={step} number={number} onChange={onChange} />
      <ChannelLadder
        channels={step.channels}
        without={texts.channelsWithout(step)}
        onChange={(channels) => onChange({ channels })}
      />
      <div>
        <div className="field-label" id="step-tone">
          {t('form.tone')}
        </div>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-labelledby="step-tone"
          value={step.tone}
          data={tones.map((value) => ({ value, label: t(`reminders:tone.${value}`) }))}
          onChange={(chosen) => {
            const tone = tones.find((one) => one === chosen);
            if (tone) onChange({ tone });
          }}
        />
      </div>
      <TextSelect step={step} texts={texts} onChange={onChange} />
      <StepRepeats step={step} onChange={onChange} />
      <Select
        label={t('form.attaches')}
        value={step.attaches ?? NOTHING}
        allowDeselect={false}
        data={[
          { value: NOTHING, label: t('attaches.none') },
          ...attachable.map((value) => ({ value, label: t(`attaches.${value}`) })),
        ]}
        onChange={(chosen) => onChange({ attaches: attachable.find((one) => one === chosen) ?? null })}
      />
      <Switch
        label={t('form.person')}
        description={t('form.personHint')}
        checked={step.needsPerson}
        onChange={({ currentTarget }) => onChange({ needsPerson: currentTarget.checked })}
      />
    </fieldset>
  );
}

type PartProps = Pick<StepFormProps, 'step' | 'onChange'>;

const sides = ['before', ...stepAnchors] as const;

/** 'Before the due day' is a choice of its own: nobody has to think of minus days. */
function StepWhen({ step, number, onChange }: PartProps & { readonly number: number }): JSX.Element {
  const { t } = useTranslation('cadences');
  const side = step.days < 0 ? 'before' : step.anchor;
  const choose = (chosen: string | null): void => {
    const next = sides.find((one) => one === chosen);
    if (next === undefined || next === side) return;
    const days = Math.abs(step.days);
    if (next === 'before') onChange({ anchor: 'due', days: -Math.max(1, days) });
    else onChange({ anchor: next, days });
  };
  return (
    <div className="step-form__pair">
      <NumberInput
        label={t('form.days')}
        min={0}
        max={DAYS_MOST}
        allowDecimal={false}
        allowNegative={false}
        value={Math.abs(step.days)}
        onChange={(typed) => {
          if (typed === '') return;
          const days = clampDays(step.anchor, side === 'before' ? 0 - Number(typed) : Number(typed));
          if (days !== step.days) onChange({ days });
        }}
      />
      <Select
        label={t('form.from')}
        value={side}
        allowDeselect={false}
        data={sides
          .filter((one) => one !== 'previous' || number > 1)
          .map((value) => ({ value, label: t(`form.side.${value}`) }))}
        onChange={choose}
      />
    </div>
  );
}

function TextSelect({ step, texts, onChange }: PartProps & { readonly texts: TextNames }): JSX.Element {
  const { t } = useTranslation('cadences');
  const known = texts.all.map(({ key, name }) => ({ value: key, label: name }));
  const hasOwn = known.some((one) => one.value === step.templateKey);
  return (
    <Select
      label={t('form.text')}
      description={t('form.textHint')}
      searchable
      allowDeselect={false}
      value={step.templateKey}
      data={hasOwn ? known : [{ value: step.templateKey, label: texts.nameOf(step.templateKey) }, ...known]}
      error={texts.isTextless(step) ? t('form.textless') : undefined}
      onChange={(templateKey) => {
        if (templateKey !== null) onChange({ templateKey });
      }}
    />
  );
}

/** An empty field means: once; and with a number of days but none of times: until it is paid. */
function StepRepeats({ step, onChange }: PartProps): JSX.Element {
  const { t } = useTranslation('cadences');
  return (
    <div className="step-form__pair step-form__pair--even">
      <NumberInput
        label={t('form.repeatEvery')}
        placeholder={t('form.once')}
        min={1}
        max={REPEAT_DAYS_MOST}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        value={step.repeatEveryDays ?? ''}
        onChange={(typed) =>
          onChange(
            typed === '' || Number(typed) === 0
              ? { repeatEveryDays: null, repeatMost: null }
              : { repeatEveryDays: Number(typed) },
          )
        }
      />
      <NumberInput
        label={t('form.repeatMost')}
        placeholder={t('form.untilPaid')}
        min={1}
        max={REPEATS_MOST}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        disabled={step.repeatEveryDays === null}
        value={step.repeatMost ?? ''}
        onChange={(typed) =>
          onChange({ repeatMost: typed === '' || Number(typed) === 0 ? null : Number(typed) })
        }
      />
    </div>
  );
}
