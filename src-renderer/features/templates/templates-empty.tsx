import { messageLanguages, type MessageLanguage } from '#domain/reminders/languages.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { Button, Checkbox } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextPlace } from './draft.ts';
import { NewMessage } from './new-message.tsx';
import { useTemplateActions } from './use-template-actions.ts';

type TemplatesEmptyProps = { readonly onOpen: (place: TextPlace) => void };

/** No text yet: the starter texts in the languages of the customers. */
export function TemplatesEmpty({ onOpen }: TemplatesEmptyProps): JSX.Element {
  const { t } = useTranslation(['templates', 'reminders']);
  const { isMoved: isOff } = useAsOf();
  const { addStarters } = useTemplateActions();
  const [chosen, setChosen] = useState<readonly MessageLanguage[]>(['en', 'hi']);
  const [isBusy, setBusy] = useState(false);
  const add = async (): Promise<void> => {
    setBusy(true);
    await addStarters(chosen);
    setBusy(false);
  };
  const tick = (language: MessageLanguage): void =>
    setChosen((before) =>
      before.includes(language) ? before.filter((one) => one !== language) : [...before, language],
    );
  return (
    <EmptyState
      icon={<IconFileText size={36} stroke={1.3} />}
      title={t('empty.title')}
      next={t('empty.next')}
      actions={
        <div className="texts-empty">
          <div className="texts-empty__languages" role="group" aria-label={t('empty.languages')}>
            {messageLanguages.map((language) => (
              <Checkbox
                key={language}
                label={t(`reminders:language.${language}`)}
                checked={chosen.includes(language)}
                onChange={() => tick(language)}
              />
            ))}
          </div>
          <div className="texts-empty__buttons">
            <Button disabled={isOff || isBusy || chosen.length === 0} onClick={() => void add()}>
              {t('empty.add')}
            </Button>
            <NewMessage templates={[]} onOpen={onOpen} />
          </div>
        </div>
      }
    />
  );
}
