import type { OpenBook } from '#contract/engine/books.ts';
import type { TallyCompanyShown, TallyLook } from '#contract/engine/sync.ts';
import { ledgerScopes, type LedgerScope } from '#contract/engine/sync-words.ts';
import { DayText } from '#kit/day-text.tsx';
import { Badge, Button, Input, SegmentedControl, Select } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { connectTo, type Address } from './connecting.ts';
import { EducationalNote } from './failure-note.tsx';
import { goesInto } from './goes-into.ts';
import { historyChoices, type HistoryChoice } from './history-choice.ts';
import { useFocusFirstRadio } from './use-focus-first-radio.ts';

type Found = { readonly key: string; readonly address: Address; readonly company: TallyCompanyShown };

type CompanyPickerProps = { readonly looks: readonly TallyLook[]; readonly book: OpenBook | null };

/** The open companies as radio buttons: arrows choose, Enter connects. */
export function CompanyPicker({ looks, book }: CompanyPickerProps): JSX.Element {
  const { t } = useTranslation('sync');
  const found = looks.flatMap(foundIn);
  const [chosenKey, setChosenKey] = useState<string>();
  const [scope, setScope] = useState<LedgerScope>('debtors');
  const [history, setHistory] = useState<HistoryChoice>('all');
  const listRef = useFocusFirstRadio();
  const chosen = found.find(({ key }) => key === chosenKey) ?? firstFree(found);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen) void connectTo({ ...chosen, scope, history });
  };
  return (
    <form onSubmit={submit} className="picker">
      <fieldset className="companies" ref={listRef}>
        <legend className="companies__legend">{t('picker.title')}</legend>
        {found.map((one) => (
          <CompanyChoice
            key={one.key}
            company={one.company}
            where={looks.length > 1 ? `${one.address.host}:${one.address.port}` : null}
            isChosen={one === chosen}
            onChoose={() => setChosenKey(one.key)}
          />
        ))}
      </fieldset>
      {chosen?.company.isEducational === true ? <EducationalNote /> : null}
      <div className="picker__options">
        <Input.Wrapper label={t('scope.label')} labelElement="div">
          <div>
            <SegmentedControl
              size="xs"
              aria-label={t('scope.label')}
              value={scope}
              data={ledgerScopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
              onChange={(next) => setScope(next === 'bill-wise' ? 'bill-wise' : 'debtors')}
            />
          </div>
        </Input.Wrapper>
        <Select
          className="picker__history"
          label={t('history.label')}
          data={historyChoices.map((value) => ({ value, label: t(`history.from.${value}`) }))}
          value={history}
          allowDeselect={false}
          onChange={(next) => setHistory(historyChoices.find((choice) => choice === next) ?? 'all')}
        />
      </div>
      <div className="picker__foot">
        <p className="picker__where">
          {chosen
            ? t(goesInto(book, chosen.company.name) ? 'picker.intoOpen' : 'picker.intoNew', {
                book: goesInto(book, chosen.company.name) ? (book?.name ?? '') : chosen.company.name,
              })
            : t('picker.noneFree')}
        </p>
        <Button type="submit" disabled={!chosen} leftSection={<IconPlugConnected size={16} aria-hidden />}>
          {t('picker.connect')}
        </Button>
      </div>
    </form>
  );
}

function foundIn({ host, port, companies }: TallyLook): readonly Found[] {
  return companies.map((company) => ({
    key: [host, port, company.guid, company.companyNumber, company.booksFrom].join('|'),
    address: { host, port },
    company,
  }));
}

function firstFree(found: readonly Found[]): Found | undefined {
  const free = found.filter(({ company }) => !isBarred(company));
  return free.find(({ company }) => company.isActive) ?? free[0];
}

/** A group company only adds others up, and of two that share a name neither can be asked for. */
function isBarred({ isGroup, isNameTwice }: TallyCompanyShown): boolean {
  return isGroup || isNameTwice;
}

type CompanyChoiceProps = {
  readonly company: TallyCompanyShown;
  readonly where: string | null;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

function CompanyChoice({ company, where, isChosen, onChoose }: CompanyChoiceProps): JSX.Element {
  const { t } = useTranslation('sync');
  const isOff = isBarred(company);
  return (
    <label className={`company${isChosen ? ' company--chosen' : ''}${isOff ? ' company--off' : ''}`}>
      <input type="radio" name="company" checked={isChosen} disabled={isOff} onChange={onChoose} />
      <span className="company__words">
        <span className="company__name">
          {company.name}
          {company.isActive ? <Mark words={t('picker.active')} /> : null}
          {company.isEducational ? <Mark words={t('educational.mark')} /> : null}
        </span>
        <span className="company__facts">
          {company.booksFrom === null ? null : (
            <span>
              {t('picker.booksFrom')} <DayText day={company.booksFrom} />
            </span>
          )}
          <span>
            {t('picker.lastVoucher')} <DayText day={company.lastVoucherDay} />
          </span>
          {where === null ? null : <span>{where}</span>}
        </span>
        {isOff ? (
          <span className="company__reason">{t(company.isGroup ? 'picker.group' : 'picker.twice')}</span>
        ) : null}
      </span>
    </label>
  );
}

function Mark({ words }: { readonly words: string }): JSX.Element {
  return (
    <Badge variant="default" size="sm" radius="sm" className="company__mark">
      {words}
    </Badge>
  );
}
