import type { CadenceShown } from '#contract/engine/cadences.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Section } from '#kit/page.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { useDone } from '#kit/undo.tsx';
import { Button, Switch, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconArrowLeft, IconCopy, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../client.ts';
import { useStarterName } from '../../words/starter-names.ts';
import { cadenceWords } from './cadence-words.ts';
import { bringBackDraft, dropDraft, useDraft, type Draft } from './draft.ts';
import { ExampleDates } from './example-dates.tsx';
import { RulesForm } from './rules-form.tsx';
import { StepForm } from './step-form.tsx';
import { STEPS_MOST, type Step } from './steps.ts';
import { Timeline } from './timeline.tsx';
import { draftOf, useCadenceActions } from './use-cadence-actions.ts';
import { useExample, type Example } from './use-example.ts';
import { useStepActions, type StepActions } from './use-step-actions.ts';
import { useTextNames, type TextNames } from './use-text-names.ts';
import { useSay } from './use-say.ts';

type CadenceEditorProps = {
  readonly cadence: CadenceShown;
  readonly draftAt: string;
  readonly onClose: () => void;
};

/** One cadence: its steps on a line, the chosen step beside it, its rules, and the dates of an example bill. */
export function CadenceEditor({ cadence, draftAt, onClose }: CadenceEditorProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const say = useSay();
  const { isMoved: isOff } = useAsOf();
  const draft = useDraft(draftAt, draftOf(cadence));
  const [chosenId, setChosenId] = useState<string>();
  const page = useRef<HTMLDivElement>(null);
  const texts = useTextNames();
  const { steps } = draft.value;
  const example = useExample(steps);
  const chosen = steps.find((step) => step.stepId === chosenId) ?? steps[0];
  const actions = useStepActions({ draft, bill: example.bill, onSelect: setChosenId });
  const save = useSaveDraft({ cadence, draft, draftAt });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey && event.key === 'Enter') void save();
    else if (event.ctrlKey && event.key.toLowerCase() === 'z' && draft.canUndo && !isTyping(event))
      draft.undo();
    else if (event.key === 'Escape' && !isInList(event)) onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useEffect(() => page.current?.querySelector<HTMLElement>('[data-step][tabindex="0"], button')?.focus(), []);
  return (
    // The keys are shorter ways to the buttons in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={page} className="cadence" onKeyDown={onKeyDown}>
      <EditorHead
        cadence={cadence}
        draft={draft}
        draftAt={draftAt}
        onSave={() => void save()}
        onClose={onClose}
      />
      <div className="cadence__pair">
        <div className="cadence__main">
          <StepsCard chosen={chosen} texts={texts} {...{ draft, actions, example, isOff }} />
          <p className="cadence__summary selectable">{cadenceWords(steps, say)}</p>
          <div className="cadence__below">
            <ExampleDates
              example={example}
              steps={steps}
              texts={texts}
              onSelect={(stepId) => focusStep(page.current, stepId)}
            />
            <Section title={t('rules.title')}>
              <RulesForm
                rules={draft.value}
                isOff={isOff}
                onChange={(change) => draft.change((before) => ({ ...before, ...change }))}
              />
            </Section>
          </div>
        </div>
        {chosen ? (
          <div className="cadence__side card">
            <StepForm
              key={chosen.stepId}
              step={chosen}
              number={steps.indexOf(chosen) + 1}
              texts={texts}
              isOff={isOff}
              onChange={(change) => actions.change(chosen.stepId, change)}
            />
          </div>
        ) : null}
      </div>
    </div>
  );
}

function focusStep(page: HTMLElement | null, stepId: string): void {
  page?.querySelector<HTMLElement>(`[data-step="${CSS.escape(stepId)}"]`)?.focus();
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** Esc in an open list or calendar closes that, not the page. */
function isInList({ target, defaultPrevented }: KeyboardEvent): boolean {
  if (defaultPrevented || !(target instanceof Element)) return defaultPrevented;
  return (
    target.getAttribute('aria-expanded') === 'true' || target.closest('[role=dialog], [role=menu]') !== null
  );
}

type SaveWish = { readonly cadence: CadenceShown; readonly draft: Draft; readonly draftAt: string };

function useSaveDraft({ cadence, draft, draftAt }: SaveWish): () => Promise<void> {
  const { t } = useTranslation('cadences');
  const { isMoved } = useAsOf();
  const { save } = useCadenceActions();
  return async () => {
    const name = draft.value.name.trim();
    if (!draft.isChanged || isMoved || name === '') return;
    const isSaved = await save(cadence, { ...draft.value, name }, t(draft.value.isOn ? 'savedOn' : 'saved'));
    if (isSaved) dropDraft(draftAt);
  };
}

type HeadProps = SaveWish & { readonly onSave: () => void; readonly onClose: () => void };

const NAME_MOST = 80;

function EditorHead({ cadence, draft, draftAt, onSave, onClose }: HeadProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const { isMoved: isOff } = useAsOf();
  const done = useDone(problemOf);
  const sayName = useStarterName();
  const { name, isOn } = draft.value;
  const discard = (): void => {
    const thrown = draft.value;
    dropDraft(draftAt);
    done({ message: t('discarded'), undo: async () => Promise.resolve(bringBackDraft(draftAt, thrown)) });
  };
  return (
    <header className="cadence__head">
      <Button variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onClose}>
        {t('back')}
      </Button>
      <TextInput
        className="cadence__name"
        aria-label={t('name')}
        // What is being typed is never turned into another language.
        value={name === cadence.name ? sayName(name) : name}
        maxLength={NAME_MOST}
        disabled={isOff}
        error={name.trim() === ''}
        onChange={({ currentTarget: { value } }) => draft.change((before) => ({ ...before, name: value }))}
      />
      <Switch
        label={t(isOn ? 'on' : 'off')}
        checked={isOn}
        disabled={isOff}
        onChange={({ currentTarget: { checked } }) =>
          draft.change((before) => ({ ...before, isOn: checked }))
        }
      />
      <span className="cadence__state" role="status">
        {draft.isChanged ? t('unsaved') : ''}
      </span>
      <Button
        variant="default"
        disabled={!draft.canUndo}
        leftSection={<IconArrowBackUp size={15} aria-hidden />}
        onClick={draft.undo}
      >
        {t('undo')}
      </Button>
      <Button variant="default" disabled={!draft.isChanged} onClick={discard}>
        {t('discard')}
      </Button>
      <Button
        disabled={!draft.isChanged || isOff || name.trim() === ''}
        rightSection={<Shortcut keys="Ctrl+Enter" />}
        onClick={onSave}
      >
        {t('save')}
      </Button>
    </header>
  );
}

type StepsCardProps = {
  readonly draft: Draft;
  readonly chosen: Step | undefined;
  readonly actions: StepActions;
  readonly example: Example;
  readonly texts: TextNames;
  readonly isOff: boolean;
};

function StepsCard({ draft, chosen, actions, example, texts, isOff }: StepsCardProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const { steps } = draft.value;
  const isFull = steps.length >= STEPS_MOST;
  const onKey = (event: KeyboardEvent, step: Step): void => {
    if (isOff) return;
    if (event.key === 'Delete') actions.remove(step);
    else if (event.key === 'Insert' && !isFull) actions.add();
    else if (event.ctrlKey && event.key.toLowerCase() === 'd' && !isFull) actions.duplicate(step);
    else return;
    event.preventDefault();
  };
  return (
    <section className="card" aria-label={t('timeline.title')}>
      <div className="stepline__bar">
        <h2 className="section__title">{t('timeline.title')}</h2>
        <span className="stepline__keys">{t('timeline.keys')}</span>
        <Button
          size="compact-sm"
          disabled={isOff || isFull}
          leftSection={<IconPlus size={14} aria-hidden />}
          rightSection={<Shortcut keys="Ins" />}
          onClick={actions.add}
        >
          {t('timeline.add')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isOff || isFull || !chosen}
          leftSection={<IconCopy size={14} aria-hidden />}
          onClick={() => chosen && actions.duplicate(chosen)}
        >
          {t('timeline.duplicate')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isOff || !chosen}
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={() => chosen && actions.remove(chosen)}
        >
          {t('timeline.remove')}
        </Button>
      </div>
      <Timeline
        steps={steps}
        bill={example.bill}
        repeats={example.repeats}
        selectedId={chosen?.stepId}
        texts={texts}
        isOff={isOff}
        onSelect={actions.select}
        onSlide={actions.slide}
        onSettle={actions.settle}
        onMove={(stepId, days) => actions.change(stepId, { days })}
        onKey={onKey}
      />
    </section>
  );
}
