import type { TemplateShown } from '#contract/engine/templates.ts';
import { useTellProblem } from '#kit/undo.tsx';
import { Button, Menu } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf } from '../../client.ts';
import type { AnswerChannel } from './answer-ways.ts';
import { quickAnswers } from './quick-texts.ts';

type QuickAnswersProps = {
  readonly channel: AnswerChannel;
  readonly customerId: number;
  readonly isOff: boolean;
  readonly onPick: (text: string) => void;
};

/** Ready answers, written out for this customer; they can be changed before they leave. */
export function QuickAnswers({ channel, customerId, isOff, onPick }: QuickAnswersProps): JSX.Element | null {
  const { t, i18n } = useTranslation('replies');
  const tell = useTellProblem(problemOf);
  const { data } = useQuery(orpc.templates.list.queryOptions());
  const texts = quickAnswers(data ?? [], channel, i18n.language);
  if (texts.length === 0) return null;
  const pick = async (template: TemplateShown): Promise<void> => {
    const { templateId: _id, version: _version, ...draft } = template;
    try {
      onPick((await client.templates.preview({ draft, customerId })).text);
    } catch (error) {
      tell(error);
    }
  };
  return (
    <Menu withinPortal position="top-start">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={isOff}
          leftSection={<IconBolt size={15} aria-hidden />}
        >
          {t('quick.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="quick">
        {texts.map((template) => (
          <Menu.Item
            key={template.templateId}
            onClick={() => void pick(template)}
            rightSection={
              <span className="quick__language">
                {t(`language.${template.language}`, { ns: 'reminders' })}
              </span>
            }
          >
            {template.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
