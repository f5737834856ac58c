import { IconAlertTriangle, IconPlayerPauseFilled, IconPlus, type TablerIcon } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { languageMarks, type Slot, type TextState } from './template-grid.ts';

const icons = {
  present: undefined,
  problem: IconAlertTriangle,
  paused: IconPlayerPauseFilled,
  missing: IconPlus,
} as const satisfies Record<TextState, TablerIcon | undefined>;

type TextSlotsProps = {
  readonly name: string;
  readonly slots: readonly Slot[];
  readonly isHere?: (slot: Slot) => boolean;
  readonly isUnsaved: (slot: Slot) => boolean;
  readonly onOpen: (slot: Slot) => void;
};

/** One mark a language: whether the text is there, rests, breaks a rule, or is still to be written. */
export function TextSlots({ name, slots, isHere, isUnsaved, onOpen }: TextSlotsProps): JSX.Element {
  const { t } = useTranslation(['templates', 'reminders']);
  return (
    <span className="slots">
      {slots.map((slot) => {
        const Icon = icons[slot.state];
        const { channel, language, state } = slot;
        const isChanged = isUnsaved(slot);
        const said = t('slot', {
          name,
          channel: t(`reminders:channel.${channel}`),
          language: t(`reminders:language.${language}`),
          state: t(isChanged ? 'unsaved' : `state.${state}`),
        });
        return (
          <button
            key={language}
            type="button"
            className={`slot slot--${state} ${isHere?.(slot) === true ? 'slot--here' : ''}`}
            title={said}
            aria-current={isHere?.(slot) === true ? 'true' : undefined}
            data-slot={`${channel} ${language}`}
            onClick={() => onOpen(slot)}
          >
            <span lang={language} aria-hidden>
              {languageMarks[language]}
            </span>
            {Icon ? <Icon size={11} aria-hidden /> : null}
            {isChanged ? (
              <span className="slot__unsaved" aria-hidden>
                •
              </span>
            ) : null}
            <span className="unseen">{said}</span>
          </button>
        );
      })}
    </span>
  );
}
