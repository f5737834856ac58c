import type { ProblemShown } from '#contract/engine/reminder-fields.ts';
import type { MessageLanguage } from '#domain/reminders/languages.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import { useStarterName } from '../../words/starter-names.ts';
import { draftOf, wishOf, type TemplateDraft } from './draft.ts';
import type { ListedTemplate } from './template-grid.ts';

export type TemplateActions = {
  /** True when it is in the book; a text that breaks a rule is, but paused. */
  readonly save: (draft: TemplateDraft, before: ListedTemplate | undefined) => Promise<boolean>;
  readonly pause: (template: ListedTemplate, isPaused: boolean) => Promise<boolean>;
  readonly remove: (template: ListedTemplate) => Promise<boolean>;
  readonly addStarters: (languages: readonly MessageLanguage[]) => Promise<boolean>;
};

type SaveWish = Parameters<typeof client.templates.save>[0];

function saveWish(draft: TemplateDraft): SaveWish {
  const { templateId } = draft;
  const wish = wishOf(draft);
  return templateId === undefined ? wish : { ...wish, templateId };
}

const isBroken = (problems: readonly ProblemShown[]): boolean => problems.some((one) => one.isBlocking);

/** Changes of the book's texts: each is done at once and can be taken back. */
export function useTemplateActions(): TemplateActions {
  const { t } = useTranslation('templates');
  const sayName = useStarterName();
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      tell(error);
      return false;
    }
  };
  return {
    save: async (draft, before) =>
      attempt(async () => {
        const { templateId, problems } = await client.templates.save(saveWish(draft));
        const undo = async (): Promise<unknown> =>
          before ? client.templates.save(saveWish(draftOf(before))) : client.templates.remove({ templateId });
        const isHeld = isBroken(problems) && !draft.isPaused;
        done({ message: t(isHeld ? 'savedPaused' : 'saved', { name: sayName(draft.name) }), undo });
      }),
    pause: async (template, isPaused) =>
      attempt(async () => {
        const { problems } = await client.templates.save(saveWish({ ...draftOf(template), isPaused }));
        const said = isPaused ? 'paused' : isBroken(problems) ? 'notResumed' : 'resumed';
        done({
          message: t(said, { name: sayName(template.name) }),
          undo: async () => client.templates.save(saveWish(draftOf(template))),
        });
      }),
    remove: async ({ templateId, name }) =>
      attempt(async () => {
        await client.templates.remove({ templateId });
        done({
          message: t('removed', { name: sayName(name) }),
          undo: async () => client.templates.restore({ templateId }),
        });
      }),
    addStarters: async (languages) =>
      attempt(async () => {
        const { addedCount } = await client.templates.addStarters({ languages: [...languages] });
        done({ message: t('startersAdded', { count: addedCount }) });
      }),
  };
}
