import type { CadenceShown } from '#contract/engine/cadences.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Section } from '#kit/page.tsx';
import { ActionIcon, Button, Menu, Switch } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useStarterName } from '../../words/starter-names.ts';
import { CadenceStrip } from './cadence-strip.tsx';
import { cadenceWords } from './cadence-words.ts';
import { draftKey, useDrafts } from './draft.ts';
import { draftOf, presets, useCadenceActions } from './use-cadence-actions.ts';
import { useSay } from './use-say.ts';

export type ListedCadence = CadenceShown & { readonly customerCount: number; readonly problemCount: number };

type CadenceListProps = {
  readonly cadences: readonly ListedCadence[];
  readonly bookId: string;
  /** The one that was open before: the keyboard comes back to it. */
  readonly lastId: number | undefined;
  readonly onOpen: (cadenceId: number) => void;
};

/** Every cadence: whether it acts, for how many, what it does in a sentence, and what is wrong with it. */
export function CadenceList({ cadences, bookId, lastId, onOpen }: CadenceListProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const list = useRef<HTMLUListElement>(null);
  const drafts = useDrafts();
  useEffect(() => {
    if (lastId !== undefined) list.current?.querySelector<HTMLElement>(`[data-cadence="${lastId}"]`)?.focus();
  }, [lastId]);
  return (
    <Section title={t('list.title')} aside={<AddMenu onAdded={onOpen} />}>
      <ul ref={list} className="cadence-list">
        {cadences.map((cadence) => (
          <CadenceRow
            key={cadence.cadenceId}
            cadence={cadence}
            isUnsaved={drafts.has(draftKey(bookId, cadence.cadenceId))}
            onOpen={() => onOpen(cadence.cadenceId)}
          />
        ))}
      </ul>
    </Section>
  );
}

function AddMenu({ onAdded }: { readonly onAdded: (cadenceId: number) => void }): JSX.Element {
  const { t } = useTranslation('cadences');
  const { isMoved: isOff } = useAsOf();
  const { add } = useCadenceActions();
  const start = async (preset: (typeof presets)[number] | 'empty'): Promise<void> => {
    const cadenceId = await add(preset);
    if (cadenceId !== undefined) onAdded(cadenceId);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          disabled={isOff}
          leftSection={<IconPlus size={14} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('list.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {presets.map((preset) => (
          <Menu.Item key={preset} onClick={() => void start(preset)}>
            <strong>{t(`preset.${preset}.name`)}</strong>
            <div className="cadence-list__about">{t(`preset.${preset}.about`)}</div>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void start('empty')}>{t('empty.own')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type CadenceRowProps = {
  readonly cadence: ListedCadence;
  readonly isUnsaved: boolean;
  readonly onOpen: () => void;
};

function CadenceRow({ cadence, isUnsaved, onOpen }: CadenceRowProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const say = useSay();
  const { isMoved: isOff } = useAsOf();
  const { save, remove } = useCadenceActions();
  const sayName = useStarterName();
  const { cadenceId, isOn, steps, customerCount, problemCount } = cadence;
  const name = sayName(cadence.name);
  const turn = (isNowOn: boolean): void => {
    const said = t(isNowOn ? 'turnedOn' : 'turnedOff', { name });
    void save(cadence, { ...draftOf(cadence), isOn: isNowOn }, said);
  };
  return (
    <li className="cadence-list__row">
      <Switch
        aria-label={t('list.switch', { name })}
        checked={isOn}
        disabled={isOff}
        onChange={({ currentTarget }) => turn(currentTarget.checked)}
      />
      <button type="button" className="cadence-list__open" data-cadence={cadenceId} onClick={onOpen}>
        <span className="cadence-list__head">
          <span className="cadence-list__name">{name}</span>
          <span className="cadence-list__soft">
            {t(isOn ? 'list.for' : 'list.wouldBeFor', { count: customerCount })} ·{' '}
            {t(cadence.isAutomatic ? 'list.byItself' : 'list.afterYes')}
          </span>
          {problemCount > 0 ? (
            <span className="cadence-list__problem">
              <IconAlertTriangle size={14} aria-hidden /> {t('list.problems', { count: problemCount })}
            </span>
          ) : null}
          {isUnsaved ? <span className="cadence-list__soft">{t('unsaved')}</span> : null}
        </span>
        <CadenceStrip steps={steps} />
        <span className="cadence-list__words">{cadenceWords(steps, say)}</span>
      </button>
      <ActionIcon size={28} aria-label={t('list.edit', { name })} onClick={onOpen}>
        <IconPencil size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size={28}
        disabled={isOff}
        aria-label={t('list.remove', { name })}
        onClick={() => void remove(cadence)}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </li>
  );
}
